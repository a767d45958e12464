#include "model/column/uuid.h"

namespace penstock {

Fit UuidColumn::put_plain(std::string_view value) {
  if (value.size() != 32) return Fit::unreadable;
  const char* at = value.data();
  Uuid uuid;
  const bool good = read_hex(swar::load(at), swar::load(at + 8), uuid[0]) &&
                    read_hex(swar::load(at + 16), swar::load(at + 24), uuid[1]);
  return good ? take(uuid) : Fit::unreadable;
}

Fit UuidColumn::put_bytes(std::string_view value) {
  if (value.size() != sizeof(Uuid)) return put_text(value);
  return take({__builtin_bswap64(swar::load(value.data())),
               __builtin_bswap64(swar::load(value.data() + 8))});
}

Result<std::unique_ptr<Column>> make_uuid(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<UuidColumn>());
}

}  // namespace penstock
