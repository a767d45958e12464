#include "formats/tests/avro_encoder.h"

#include <fmt/format.h>
#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace penstock::avro {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kSync = "0123456789abcdef";

std::string text(std::string_view bytes) {
  return encode_long(static_cast<std::int64_t>(bytes.size())) + std::string(bytes);
}

template <class T>
std::string real(const Json& json) {
  const T value =
      json.is_string() ? static_cast<T>(std::stod(json.get<std::string>())) : json.get<T>();
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

/// The characters U+0000 to U+00FF as one byte each.
std::string bytes_of(const Json& json) {
  const std::string utf8 = json.get<std::string>();
  std::string bytes;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    bytes += lead < 0x80 ? utf8[at] : static_cast<char>((lead & 3) << 6 | (utf8.at(++at) & 0x3F));
  }
  return bytes;
}

/// What the branch is called in Avro's JSON.
std::string branch_name(const Node& node) {
  if (!node.name.empty()) return node.name;
  Node bare{.kind = node.kind};
  return to_string(bare);
}

void append(const Node& node, const Json& json, std::string& out);

void append_choice(const Node& node, const Json& json, std::string& out) {
  const auto put = [&](std::size_t branch, const Json& value) {
    out += encode_long(static_cast<std::int64_t>(branch));
    append(*node.inner[branch], value, out);
  };
  for (std::size_t branch = 0; branch < node.inner.size(); ++branch) {
    const bool is_null = node.inner[branch]->kind == Kind::null;
    const std::string name = branch_name(*node.inner[branch]);
    if (is_null && json.is_null()) return put(branch, json);
    if (!is_null && json.is_object() && json.size() == 1 && json.contains(name)) {
      return put(branch, json[name]);
    }
  }
  if (node.inner.size() != 2 || node.null_branch() < 0) {
    throw std::runtime_error("a value names no branch: " + json.dump());
  }
  put(node.null_branch() == 0 ? 1 : 0, json);
}

void append_elements(const Node& node, const Json& json, std::string& out) {
  if (!json.empty()) out += encode_long(static_cast<std::int64_t>(json.size()));
  for (const auto& [key, value] : json.items()) {
    if (node.kind == Kind::map) out += text(key);
    append(*node.inner.front(), value, out);
  }
  out += encode_long(0);
}

void append(const Node& node, const Json& json, std::string& out) {
  switch (node.kind) {
    case Kind::null: return;
    case Kind::boolean: out += json.get<bool>() ? '\1' : '\0'; return;
    case Kind::int32:
    case Kind::int64: out += encode_long(json.get<std::int64_t>()); return;
    case Kind::float32: out += real<float>(json); return;
    case Kind::float64: out += real<double>(json); return;
    case Kind::string: out += text(json.get<std::string>()); return;
    case Kind::bytes: out += text(bytes_of(json)); return;
    case Kind::fixed: {
      const std::string bytes = bytes_of(json);
      if (bytes.size() != node.size) throw std::runtime_error("a fixed of another size");
      out += bytes;
      return;
    }
    case Kind::enumeration: {
      const auto found = std::ranges::find(node.symbols, json.get<std::string>());
      if (found == node.symbols.end()) throw std::runtime_error("no symbol: " + json.dump());
      out += encode_long(found - node.symbols.begin());
      return;
    }
    case Kind::record:
      for (const Field& field : node.fields) append(*field.type, json.at(field.name), out);
      return;
    case Kind::array:
    case Kind::map: return append_elements(node, json, out);
    case Kind::choice: return append_choice(node, json, out);
  }
}

std::string pack_deflate(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string pack(std::string_view codec, const std::string& bytes) {
  std::string packed;
  if (codec == "deflate") return pack_deflate(bytes);
  if (codec == "snappy") {
    snappy::Compress(bytes.data(), bytes.size(), &packed);
    const auto sum = crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    for (int shift = 24; shift >= 0; shift -= 8) packed += static_cast<char>(sum >> shift & 0xFF);
    return packed;
  }
  if (codec == "zstandard") {
    packed.resize(ZSTD_compressBound(bytes.size()));
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1));
    return packed;
  }
  return bytes;
}

}  // namespace

std::string encode_long(std::int64_t value) {
  auto folded = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
  std::string out;
  for (; folded >= 0x80; folded >>= 7) out += static_cast<char>(folded | 0x80);
  out += static_cast<char>(folded);
  return out;
}

std::string encode(const Node& type, std::string_view json) {
  std::string out;
  append(type, Json::parse(json), out);
  return out;
}

Schema schema_of(std::string_view text) {
  auto read = Schema::read({.type = SchemaType::avro, .text = std::string(text), .imports = {}});
  if (!read.ok()) throw std::runtime_error(read.error().message);
  return std::move(read).value();
}

std::string container_file(std::string_view schema, std::string_view codec,
                           const std::vector<FileBlock>& blocks) {
  std::string file("Obj\x01", 4);
  file += encode_long(2) + text("avro.schema") + text(schema) + text("avro.codec") + text(codec);
  file += encode_long(0) + std::string(kSync);
  for (const FileBlock& block : blocks) {
    file += encode_long(static_cast<std::int64_t>(block.rows)) + text(pack(codec, block.bytes));
    file += kSync;
  }
  return file;
}

}  // namespace penstock::avro
