#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "formats/protobuf/fields_writer.h"

namespace penstock::protobuf {

/// "a message", "a list" or "a map", for error texts.
std::string_view name_of_container(const FieldType& field);

/// What fills a column from a field that is no single scalar: a message, a list or a map.
std::unique_ptr<FieldWriter> make_container_writer(const MessageType& type, std::size_t index,
                                                   const Wish& wish, Reading& reading);

/// What fills a column named after a oneof: a Tuple of its members, a Variant, JSON. Marks the
/// members it needs.
std::unique_ptr<FieldWriter> make_oneof_writer(const MessageType& type, std::uint32_t oneof,
                                               const Wish& wish, Reading& reading,
                                               std::vector<bool>& wanted);

/// What fills columns from the `rest` of their paths behind the message field at `index`.
std::vector<std::unique_ptr<FieldWriter>> make_path_writers(const MessageType& type,
                                                            std::size_t index,
                                                            const std::vector<Wish>& rest,
                                                            Reading& reading);

/// Refuses messages that have the field, for a column that cannot take it.
std::unique_ptr<FieldWriter> make_unsuitable_writer(const MessageType& type, std::size_t index,
                                                    const Wish& wish, Reading& reading);

/// For a column whose field the schema does not have.
std::unique_ptr<FieldWriter> make_missing_writer(const Wish& wish, Reading& reading);

}  // namespace penstock::protobuf
