#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "contract/schema_source.h"
#include "formats/schema_frame.h"

namespace penstock {

/// For texts: "the configured schema", "schema id 7".
std::string schema_text(const SchemaName& name);

/// Asks for the schemas of messages, and says in a decoder's words why there is none.
///
/// Threads: one lane.
class SchemaLookup {
 public:
  /// `source`: null where the pipe names none; then every message is refused.
  /// `type`: what the schemas must be.
  SchemaLookup(std::shared_ptr<SchemaSource> source, SchemaType type)
      : source_(std::move(source)), type_(type) {}

  /// Null: see refusal() and outage().
  std::shared_ptr<const RegisteredSchema> find(const SchemaName& name);

  /// Why the last message has no schema, or none that is of use.
  const RecordRefusal& refusal() const noexcept { return refusal_; }
  /// Set when that is nobody's fault: give up the batch. Else the message is refused.
  const std::optional<Error>& outage() const noexcept { return outage_; }

  void refuse(RecordRefusal refusal);

 private:
  std::shared_ptr<SchemaSource> source_;
  SchemaType type_;
  RecordRefusal refusal_;
  std::optional<Error> outage_;
};

/// One decoder's programs: how to read the messages of each schema it has met. A program
/// is made on first sight of a schema and kept; so is the reason why there can be none. Of more
/// than kMostKept the oldest are forgotten, for a producer may name what it likes.
///
///     Program* program = programs_.find(framed);
///     if (program == nullptr) {
///       return programs_.outage() ? give_up_batch(*programs_.outage()) : programs_.refusal();
///     }
///
/// Threads: one lane.
template <class Program>
class SchemaPrograms {
 public:
  static constexpr std::size_t kMostKept = 256;

  /// The program, or why the schema does not fit the table: schema.unusable and, where
  /// one column is meant, its slot.
  using Compiled = std::variant<std::unique_ptr<Program>, RecordRefusal>;
  /// `frame`: its schema and message indexes; the payload is not for looking at.
  using Compile = std::function<Compiled(const RegisteredSchema&, const FramedMessage& frame)>;

  SchemaPrograms(std::shared_ptr<SchemaSource> source, SchemaType type, Compile compile)
      : lookup_(std::move(source), type), compile_(std::move(compile)) {}

  /// The program for messages framed like this one; lives until the next call. Null: see outage()
  /// and refusal().
  Program* find(const FramedMessage& frame) {
    if (last_ != nullptr && last_->reads(frame)) [[likely]] {
      return program_of(*last_);
    }
    for (const auto& entry : entries_) {
      if (entry->reads(frame)) {
        last_ = entry.get();
        return program_of(*last_);
      }
    }
    return make(frame);
  }

  const RecordRefusal& refusal() const noexcept { return lookup_.refusal(); }
  const std::optional<Error>& outage() const noexcept { return lookup_.outage(); }

 private:
  struct Entry {
    SchemaName schema;
    MessageIndexes message_indexes;
    Compiled compiled;

    bool reads(const FramedMessage& frame) const {
      return schema == frame.schema && message_indexes == frame.message_indexes;
    }
  };

  Program* program_of(Entry& entry) {
    if (auto* const program = std::get_if<0>(&entry.compiled)) return program->get();
    lookup_.refuse(std::get<1>(entry.compiled));
    return nullptr;
  }

  Program* make(const FramedMessage& frame) {
    const auto schema = lookup_.find(frame.schema);
    if (schema == nullptr) return nullptr;
    if (entries_.size() == kMostKept) entries_.erase(entries_.begin());
    entries_.push_back(std::make_unique<Entry>(
        Entry{frame.schema, frame.message_indexes, compile_(*schema, frame)}));
    last_ = entries_.back().get();
    if (auto* const refusal = std::get_if<1>(&last_->compiled)) {
      refusal->detail = schema_text(frame.schema) + ": " + refusal->detail;
    }
    return program_of(*last_);
  }

  SchemaLookup lookup_;
  Compile compile_;
  std::vector<std::unique_ptr<Entry>> entries_;
  Entry* last_ = nullptr;  // what the message before was read by
};

}  // namespace penstock
