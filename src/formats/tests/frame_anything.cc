#include "formats/tests/frame_anything.h"

#include <zlib.h>

#include <cstdlib>
#include <iostream>

#include "base/error_catalog.h"
#include "formats/tests/exact_copy.h"
#include "formats/tests/framed_record.h"

namespace penstock {
namespace {

using namespace std::string_literals;

constexpr std::size_t kLimit = 512;
constexpr std::string_view kGood("\x00\x00\x00\x01\x00\x00x", 7);

[[noreturn]] void give_up(std::string_view what, std::string_view input) {
  std::cerr << "the frame reader " << what << " at: " << quote_value(input) << "\n";
  std::abort();
}

bool holds(std::string_view whole, std::string_view part) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

void check_payload(std::string_view value, const FramedMessage& message, std::string_view input) {
  if (!holds(value, message.payload) && message.payload.size() > kLimit) {
    give_up("unpacked more than the limit", input);
  }
  const bool unnamed = std::holds_alternative<ConfiguredSchema>(message.schema);
  if (unnamed && message.payload.data() != value.data()) give_up("lost bytes", input);
  if (unnamed && !message.message_indexes.empty()) give_up("made up a path", input);
}

std::string packed(std::string_view text) {
  std::string out(compressBound(text.size()), '\0');
  uLongf size = out.size();
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
           text.size());
  out.resize(size);
  return out;
}

}  // namespace

void frame_anything(std::string_view input) {
  if (input.size() < 2) return;
  const auto choice = static_cast<unsigned char>(input[0]);
  const auto type = static_cast<SchemaType>(choice % 3);
  const bool has_header = (choice & 0x40) != 0;
  const auto coding = (choice & 0x80) != 0 ? IndexCoding::plain : IndexCoding::zigzag;
  const std::size_t header_size = has_header ? static_cast<unsigned char>(input[1]) : 0;
  const ExactCopy header(input.substr(2).substr(0, header_size));
  const ExactCopy value(input.substr(2).substr(header.view().size()));

  FrameReader reader(type, kLimit, coding);
  std::vector<Header> headers;
  if (has_header) headers.push_back({"__value_schema_id", as_bytes(header.view())});
  const FramedRecord record(value.view(), headers);
  FramedMessage message;
  const auto refusal = reader.read(record.view(), message);
  if (!refusal) check_payload(value.view(), message, input);
  if (refusal && (!explain(refusal->code) || refusal->detail.empty())) {
    give_up("gave no reason", input);
  }

  FramedMessage again;
  const std::string payload(refusal ? "" : message.payload);
  if (reader.read(record.view(), again).has_value() != refusal.has_value() ||
      (!refusal && (again.payload != payload || again.schema != message.schema ||
                    again.message_indexes != message.message_indexes))) {
    give_up("read it otherwise the second time", input);
  }
  const FramedRecord good(kGood);
  if (reader.read(good.view(), message) || message.schema != SchemaName(SchemaId{256})) {
    give_up("refused a good message afterwards", input);
  }
}

std::vector<std::string> frame_seeds() {
  const std::string guid = "0123456789abcdef";
  return {
      "\0\0\0\0\0\1\0payload"s,
      "\1\0\0\0\0\0\7\2\0payload"s,
      "\1\0\0\0\0\0\7\0payload"s,
      "\x81\0\0\0\0\0\7\2\1\5payload"s,
      "\1\0\1"s + guid + "\4\2\4payload",
      "\0\0\1"s + guid + "payload",
      "\x40\x11\1"s + guid + "payload",
      "\x43\x12\1"s + guid + "\0payload"s,
      "\x43\x05\0\0\0\1\0payload"s,
      "\0\0\3\0"s + guid + "payload",
      "\1\0\3\5"s + guid + packed("\2payload"),
      "\0\0\3\5"s + guid + packed(std::string(400, 'a')),
      "\0\0\3\5"s + guid + packed(std::string(4000, 'a')),
      "\2\0{\"a\": 1}"s,
  };
}

}  // namespace penstock
