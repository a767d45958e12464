#pragma once

#include <memory>

#include "model/column.h"
#include "model/column/json_reader.h"
#include "model/column/text.h"

namespace penstock {

/// JSON, with or without arguments: per row the text of an object, from which the server
/// builds the paths. It takes objects only, as ClickHouse does, and only what the server's
/// parser takes too. Typed paths and keys given twice are judged by the server.
///
/// An object spelt in a text ("{\"a\": 1}") is taken as well, which JSONEachRow refuses:
/// it cannot mean anything else. Null and no value are the empty object.
class JsonColumn final : public Column {
 public:
  Fit put_json(std::string_view json) override;
  Fit put_text(std::string_view value) override { return put_json(value); }
  void put_default() override { texts_.put_text("{}"); }

  std::size_t rows() const noexcept override { return texts_.rows(); }
  std::size_t bytes() const noexcept override { return texts_.bytes(); }
  void truncate(std::size_t rows) override { texts_.truncate(rows); }
  void write_prefix(NativeOutput& out) const override;
  void write_rows(NativeOutput& out) const override { texts_.write_rows(out); }
  void append(const Column& from, std::size_t first, std::size_t count) override {
    texts_.append(static_cast<const JsonColumn&>(from).texts_, first, count);
  }

 private:
  TextColumn texts_;
  JsonReader reader_;
};

Result<std::unique_ptr<Column>> make_json(const Type& type);

}  // namespace penstock
