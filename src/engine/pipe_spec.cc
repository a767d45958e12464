#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/pipe_document.h"
#include "model/column.h"
#include "spec/amount.h"
#include "spec/nearest_name.h"
#include "spec/spec.h"

namespace penstock {
namespace {

using spec::Choice;
using spec::Complaints;
using spec::Spec;

constexpr double kKiB = 1 << 10;
constexpr double kMiB = 1 << 20;
constexpr double kGiB = 1 << 30;

constexpr std::array kCompressions = {
    Choice<InsertCompression>{InsertCompression::automatic, "auto",
                              "lz4, but none when the server is on this machine."},
    Choice<InsertCompression>{InsertCompression::none, "none", "As they are."},
    Choice<InsertCompression>{InsertCompression::lz4, "lz4", "Less network for a little CPU."},
};

constexpr std::array kExpiredTokens = {
    Choice<OnExpiredToken>{OnExpiredToken::ask, "ask",
                           "Ask the table which records it holds and send the others; where it "
                           "cannot tell, as `pause`."},
    Choice<OnExpiredToken>{OnExpiredToken::accept_duplicates, "accept_duplicates", "Send it."},
    Choice<OnExpiredToken>{OnExpiredToken::pause, "pause", "Stop the pipe: a person decides."},
};

constexpr std::array kOnDataLoss = {
    Choice<kafka::OnDataLoss>{kafka::OnDataLoss::pause, "pause",
                              "The pipe stops, keeps its position and says what is lost."},
    Choice<kafka::OnDataLoss>{kafka::OnDataLoss::go_on, "continue",
                              "It is said and counted, and the pipe goes on with what is left."},
};

/// While one block is on its way the next one is filled.
void check_memory(const PipeSettings& settings, Complaints& complaints) {
  const std::uint64_t block = settings.max_insert_bytes.value_or(0);
  if (settings.memory_limit_bytes >= 2 * block) return;
  complaints.add("memory_limit_bytes",
                 fmt::format("must be at least twice max_insert_bytes, which is {}",
                             spec::bytes_text(static_cast<double>(block))),
                 spec::bytes_text(static_cast<double>(settings.memory_limit_bytes)));
}

void describe_insert_settings(Spec<PipeSettings>& s) {
  s.field(&PipeSettings::streaming_max_insert_wait, "streaming_max_insert_wait_ms",
          "Longest time a record waits for its insert; longer, up to a minute, while the table has "
          "too many parts. ClickPipes allows 500 to 60000.")
      .range(10, 600'000)
      .live();
  s.field(&PipeSettings::max_insert_rows, "max_insert_rows",
          "Rows after which a block is sent; never more. When not given, 100,000, and up to "
          "1,000,000 while the pipe is behind.")
      .range(1, 10'000'000)
      .live();
  s.field(&PipeSettings::max_insert_bytes, "max_insert_bytes",
          "Size at which a block is sent. When not given, 32 MiB, more while the pipe is behind, "
          "and at most a share of memory_limit_bytes.")
      .bytes()
      .range(64 * kKiB, kGiB)
      .live();
  s.field(&PipeSettings::insert_threads, "insert_threads", "Inserts that may run side by side.")
      .range(1, 16)
      .advanced();
  s.field(&PipeSettings::lanes, "lanes",
          "Threads that read and decode, each a member of the consumer group; never more than "
          "there are partitions. When not given, one per core but one, and no more than one per "
          "48 MiB of memory_limit_bytes.")
      .range(1, kMostLanes)
      .advanced();
  s.choice<InsertCompression>(&PipeSettings::insert_compression, "insert_compression",
                              kCompressions, "How blocks travel to ClickHouse.")
      .advanced();
  s.choice<OnExpiredToken>(&PipeSettings::on_expired_token, "on_expired_token", kExpiredTokens,
                           "With exactly-once: what to do about an insert that may have been made "
                           "already, so long ago that ClickHouse may have forgotten its name.")
      .advanced();
}

void describe_read_settings(Spec<PipeSettings>& s) {
  s.field(&PipeSettings::memory_limit_bytes, "memory_limit_bytes",
          "Memory for records on their way; reading pauses above it. The program itself takes "
          "some 30 MiB beside it.")
      .bytes()
      .range(16 * kMiB, 1024 * kGiB);
  s.field(&PipeSettings::kafka_read_committed, "kafka_read_committed",
          "Leave out records of aborted transactions.");
  s.choice<kafka::OnDataLoss>(&PipeSettings::on_data_loss, "on_data_loss", kOnDataLoss,
                              "When the topic's retention removed records before they were read.");
  s.field(&PipeSettings::max_message_bytes, "max_message_bytes",
          "A longer message goes to the error table.")
      .bytes()
      .range(kKiB, 512 * kMiB)
      .advanced();
  s.field(&PipeSettings::max_depth, "max_depth", "A message nested deeper goes to the error table.")
      .range(1, 1024)
      .unit("levels")
      .advanced();
  s.field(&PipeSettings::max_string_bytes, "max_string_bytes",
          "A message that has a longer text for a column goes to the error table. When "
          "not given, a text may be as long as its message.")
      .bytes()
      .range(kKiB, 512 * kMiB)
      .advanced();
}

void describe_reject_settings(Spec<PipeSettings>& s) {
  s.field(&PipeSettings::max_rejected_share, "max_rejected_share",
          "The pipe stops when more than this share of the last records was rejected, rather than "
          "empty a topic into the error table. 1: it never does.")
      .range(0, 1);
  s.field(&PipeSettings::rejected_share_window, "rejected_share_window",
          "How many of the last records that share is of, in each lane.")
      .range(100, 10'000'000)
      .advanced();
}

const Spec<PipeSettings>& settings_spec() {
  static const auto spec = [] {
    Spec<PipeSettings> s("settings", "How the pipe reads, batches and inserts.");
    describe_insert_settings(s);
    describe_read_settings(s);
    describe_reject_settings(s);
    s.open_keys(&PipeSettings::kafka_client, "kafka.", "Passed to the Kafka client as it is.");
    s.open_keys(&PipeSettings::clickhouse_insert, "clickhouse.",
                "Passed to ClickHouse as a setting of each insert.");
    s.rule(check_memory);
    return s;
  }();
  return spec;
}

const Spec<ScalingSettings>& scaling_spec() {
  static const auto spec = [] {
    Spec<ScalingSettings> s("scaling", "Kept for the control plane; one process has no replicas.");
    s.field(&ScalingSettings::replicas, "replicas", "Replicas of the pipe.").range(1, 40);
    s.field(&ScalingSettings::replica_cpu_millicores, "replicaCpuMillicores", "CPU of a replica.")
        .range(125, 2000);
    s.field(&ScalingSettings::replica_memory_gb, "replicaMemoryGb", "Memory of a replica.")
        .range(0.5, 8);
    s.field(&ScalingSettings::concurrency, "concurrency", "Not used for streams.")
        .range(0, 1000)
        .advanced();
    return s;
  }();
  return spec;
}

const Spec<SourceChoice>& source_spec() {
  static const auto spec = [] {
    Spec<SourceChoice> s("source", "Where records come from.");
    s.object(&SourceChoice::kafka, "kafka", kafka::source_spec(), "Kafka topics.");
    s.rule([](const SourceChoice& source, Complaints& complaints) {
      if (!source.kafka) complaints.add("", "must name what to read from: `kafka`");
    });
    return s;
  }();
  return spec;
}

const Spec<FieldMapping>& mapping_spec() {
  static const auto spec = [] {
    Spec<FieldMapping> s("fieldMapping", "One field and the column it fills.");
    s.field(&FieldMapping::source_field, "sourceField",
            "Field of the message, or a virtual one such as `_offset`.")
        .required();
    s.field(&FieldMapping::destination_field, "destinationField", "Column of the table.")
        .required();
    return s;
  }();
  return spec;
}

/// A column that `columns` does not list cannot be filled.
void check_destination_field(const PipeDocument& pipe, const std::string& field,
                             const std::string& path, Complaints& complaints) {
  std::vector<std::string_view> names;
  for (const auto& column : pipe.destination.columns) {
    if (column.name == field) return;
    names.push_back(column.name);
  }
  if (names.empty()) return;
  const std::string_view near = spec::nearest_name(field, names);
  const std::string hint = near.empty() ? "" : fmt::format("; did you mean `{}`?", near);
  complaints.add(path, "must name one of destination.columns" + hint, spec::quoted(field));
}

void check_mappings(const PipeDocument& pipe, Complaints& complaints) {
  if (!pipe.field_mappings) return;
  if (pipe.field_mappings->empty()) {
    complaints.add("fieldMappings", "must map a field; leave it out to map by name",
                   "an empty list");
  }
  std::set<std::string_view> filled;
  for (std::size_t i = 0; i < pipe.field_mappings->size(); ++i) {
    const std::string& field = (*pipe.field_mappings)[i].destination_field;
    const std::string path = fmt::format("fieldMappings[{}].destinationField", i);
    if (field.empty()) continue;
    if (!filled.insert(field).second) {
      complaints.add(path, "each column must be filled once", spec::quoted(field));
    } else {
      check_destination_field(pipe, field, path, complaints);
    }
  }
}

bool is_filled(const PipeDocument& pipe, const clickhouse::ColumnSettings& column) {
  if (!pipe.field_mappings) {
    return column.materialized.empty() && column.alias.empty() && column.ephemeral.empty();
  }
  return std::ranges::find(*pipe.field_mappings, column.name, &FieldMapping::destination_field) !=
         pipe.field_mappings->end();
}

/// Any type may stand in a table; the columns we fill have one that we can write.
void check_column_types(const PipeDocument& pipe, Complaints& complaints) {
  const auto& columns = pipe.destination.columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].type.empty()) continue;
    const auto complain = [&](const Error& error) {
      complaints.add(fmt::format("destination.columns[{}].type", i),
                     "must be a ClickHouse type Penstock can write: " + error.message,
                     spec::quoted(columns[i].type));
    };
    const auto type = parse_type(columns[i].type);
    if (!type.ok()) {
      complain(type.error());
    } else if (is_filled(pipe, columns[i])) {
      const auto column = make_column(type.value());
      if (!column.ok()) complain(column.error());
    }
  }
}

}  // namespace

const Spec<PipeDocument>& pipe_spec() {
  static const auto spec = [] {
    Spec<PipeDocument> s("pipe", "One pipe: where records come from and which table they go to.");
    s.field(&PipeDocument::name, "name", "Name of the pipe, unique in a process.")
        .required()
        .example("orders");
    s.object(&PipeDocument::source, "source", source_spec(), "Where records come from.").required();
    s.object(&PipeDocument::destination, "destination", clickhouse::destination_spec(),
             "Where rows go.")
        .required();
    s.list(&PipeDocument::field_mappings, "fieldMappings", mapping_spec(),
           "Which field fills which column; by name when not given.");
    s.object(&PipeDocument::settings, "settings", settings_spec(),
             "How the pipe reads, batches and inserts.");
    s.object(&PipeDocument::scaling, "scaling", scaling_spec(),
             "Kept for the control plane; one process has no replicas.")
        .advanced();
    s.rule(check_mappings);
    s.rule(check_column_types);
    return s;
  }();
  return spec;
}

}  // namespace penstock
