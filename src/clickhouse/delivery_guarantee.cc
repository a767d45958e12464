#include "clickhouse/delivery_guarantee.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "clickhouse/position_columns.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

std::string name_of(const TableFacts& table) { return quote_table(table.database, table.name); }

std::string value_of(const DestinationFacts& facts, std::string_view setting) {
  const auto found = facts.settings.find(setting);
  return found == facts.settings.end() ? "" : found->second.value;
}

bool may_set(const DestinationFacts& facts, std::string_view setting) {
  const auto found = facts.settings.find(setting);
  return found != facts.settings.end() && !found->second.is_fixed;
}

/// A repeat must go where the first attempt went.
bool is_random(std::string_view sharding_key) {
  constexpr std::array<std::string_view, 5> kWords = {"rand", "generate", "now", "today",
                                                      "rowNumber"};
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    for (std::size_t at = sharding_key.find(word); at != std::string_view::npos;
         at = sharding_key.find(word, at + 1)) {
      const std::size_t bracket = sharding_key.find_first_of("( ,)+-*/", at);
      const bool is_start = at == 0 || std::string_view("( ,+-*/").find(sharding_key[at - 1]) !=
                                           std::string_view::npos;
      if (is_start && bracket != std::string_view::npos && sharding_key[bracket] == '(') {
        return true;
      }
    }
    return false;
  });
}

/// One judgement, step by step; the first reason against ends it.
class Judging {
 public:
  Judging(const DestinationFacts& facts, const Mapping& mapping, const UrlSettings& user)
      : facts_(facts), columns_(position_columns(mapping)), user_(user) {}

  DeliveryGuarantee finish() && {
    judge_settings();
    if (out_.because.empty()) judge_engine();
    if (!out_.because.empty()) return std::move(out_);
    out_.exactly_once = true;
    out_.window = *window_;
    out_.why_not_asked = why_not_asked();
    out_.because = because();
    judge_views();
    return std::move(out_);
  }

 private:
  void off(std::string reason) { out_.because = std::move(reason); }

  void judge_settings() {
    if (const std::string readonly = value_of(facts_, "readonly"); readonly != "0") {
      return off("the user may only read (readonly = " + readonly +
                 "); log in as one that may INSERT");
    }
    if (!facts_.settings.contains("insert_deduplication_token")) {
      return off("ClickHouse " + facts_.version +
                 " knows no insert_deduplication_token; use 22.2 or newer");
    }
    turn_on("insert_deduplicate", "1", "0");
    turn_on("deduplicate_insert", "enable", "disable");
    // INSERT … SELECT … FROM input(), for rows whose DEFAULT the server computes: some releases
    // heed a token there only when told to.
    turn_on("deduplicate_insert_select", "enable_even_for_bad_queries", "disable");
  }

  void turn_on(std::string_view setting, std::string_view on, std::string_view off_value) {
    if (!facts_.settings.contains(setting) || value_of(facts_, setting) == on) return;
    const bool is_off = value_of(facts_, setting) == off_value;
    const auto is_it = [&](const auto& given) { return given.first == setting; };
    if (is_off && std::ranges::any_of(user_, is_it)) {
      return off(fmt::format("settings of the document say clickhouse.{} = {}; remove that",
                             setting, off_value));
    }
    if (is_off && !may_set(facts_, setting)) {
      return off(
          fmt::format("the user's profile fixes {} = {}; let it be {}", setting, off_value, on));
    }
    if (may_set(facts_, setting)) out_.insert_settings.emplace_back(setting, on);
  }

  void judge_engine() {
    const TableFacts& table = facts_.table;
    if (table.is_merge_tree()) return judge_window(table);
    if (table.engine == "Distributed") return judge_distributed();
    if (table.engine == "Null") return judge_null();
    if (table.engine == "Buffer") {
      return off(
          name_of(table) +
          " is a Buffer, which loses rows when the server dies; write to the table behind it");
    }
    if (table.engine.ends_with("View")) {
      return off(name_of(table) + " is a view; write to its target table");
    }
    off(fmt::format("{} is a {}, which remembers no inserts; use one of the MergeTree family",
                    name_of(table), table.engine));
  }

  void judge_window(const TableFacts& table) {
    const TokenWindow window = window_of(facts_, table);
    if (window.inserts == 0) {
      out_.remedy = &table == &facts_.table ? window_statement(table) : "";
      return off(fmt::format("{} remembers no inserts; {} makes it", name_of(table),
                             window_statement(table)));
    }
    window_ = window_ ? smaller(*window_, window) : window;
  }

  void judge_distributed() {
    // Else the answer comes before the rows are anywhere but in a queue of files.
    out_.insert_settings.emplace_back("insert_distributed_sync", "1");
    const std::string name = name_of(facts_.table);
    if (facts_.replicas.empty()) {
      return off(fmt::format("the tables behind {} cannot be seen{}{}", name,
                             facts_.replicas_refusal.empty() ? "" : ": ", facts_.replicas_refusal));
    }
    const std::string key = distributed_arguments(facts_.table.engine_full).sharding_key;
    if (facts_.shards > 1 && (key.empty() || is_random(key))) {
      // The same name for other rows on a shard would cost rows.
      std::erase_if(out_.insert_settings, [](const auto& setting) {
        return setting.first.find("deduplicate") != std::string::npos;
      });
      out_.insert_settings.emplace_back("insert_deduplicate", "0");
      if (may_set(facts_, "deduplicate_insert")) {
        out_.insert_settings.emplace_back("deduplicate_insert", "disable");
      }
      return off(name +
                 " sends a repeated row to another shard; give it a sharding key made of "
                 "the row's columns");
    }
    for (const TableFacts& replica : facts_.replicas) {
      if (!replica.is_merge_tree()) {
        return off(fmt::format("{} behind {} is a {}, which remembers no inserts", name_of(replica),
                               name, replica.engine));
      }
      judge_window(replica);
      if (!out_.because.empty()) return;
    }
  }

  void judge_null() {
    for (const ViewFacts& view : facts_.views) {
      const bool keeps = view.target.is_merge_tree();
      if (keeps) judge_window(view.target);
      if (!out_.because.empty()) return;
      if (!keeps && view.target.engine != "Null") {
        return off("the target of view " + view.name + " remembers no inserts");
      }
    }
    if (!window_) off(name_of(facts_.table) + " keeps nothing, and no view that it feeds does");
  }

  std::string why_not_asked() const {
    const TableFacts& table = facts_.replicas.empty() ? facts_.table : facts_.replicas.front();
    if (table.engine == "Null") return "a Null table holds no rows";
    if (!columns_.why_not.empty()) return columns_.why_not;
    const bool keeps_each = engine_family(table.engine) == "MergeTree";
    if (keeps_each || are_in_sorting_key(columns_, table.sorting_key)) return "";
    return fmt::format("{} merges rows: put {}, {}, {} into the sorting key", table.engine,
                       columns_.topic, columns_.partition, columns_.offset);
  }

  std::string because() const {
    std::string text =
        fmt::format("{} remembers its last {} inserts", name_of(facts_.table), out_.window.inserts);
    if (out_.window.age) text += fmt::format(" for {} seconds", out_.window.age->count());
    if (!out_.why_not_asked.empty()) {
      return text + "; beyond that it cannot be asked, since " + out_.why_not_asked;
    }
    return text + fmt::format("; beyond that it can be asked by {}, {}, {}", columns_.topic,
                              columns_.partition, columns_.offset);
  }

  void judge_views() {
    if (facts_.table.engine == "Null") return;
    for (const ViewFacts& view : facts_.views) {
      const TableFacts& target = view.target;
      if (target.name.empty()) {
        out_.remarks.push_back("view " + view.name +
                               " is exact only if its target remembers inserts as well");
      } else if (target.engine != "Null" && window_of(facts_, target).inserts == 0) {
        out_.remarks.push_back(fmt::format(
            "view {} counts a repeated insert twice, since {} remembers none{}", view.name,
            name_of(target),
            target.is_merge_tree() ? "; " + window_statement(target) + " cures it" : ""));
      }
    }
  }

  const DestinationFacts& facts_;
  const PositionColumns columns_;
  const UrlSettings& user_;
  std::optional<TokenWindow> window_;
  DeliveryGuarantee out_;
};

}  // namespace

std::string to_string(const DeliveryGuarantee& guarantee) {
  const std::string_view can = guarantee.exactly_once ? "can" : "cannot";
  return fmt::format("exactly-once: the destination {} honour it, because {}", can,
                     guarantee.because);
}

DeliveryGuarantee judge(const DestinationFacts& facts, const Mapping& mapping,
                        const UrlSettings& user) {
  return Judging(facts, mapping, user).finish();
}

Result<Destination> find_destination(Client& client, const DestinationSettings& destination,
                                     const Mapping& mapping, const UrlSettings& user,
                                     bool may_alter) {
  PENSTOCK_TRY(facts, find_facts(client, destination.database, destination.table, user));
  Destination found{.facts = std::move(facts), .guarantee = {}};
  found.guarantee = judge(found.facts, mapping, user);
  const std::string remedy = found.guarantee.remedy;
  if (remedy.empty() || !may_alter || !destination.managed_table.value_or(false)) return found;
  const Status altered = execute(client, "ALTER TABLE", remedy);
  if (!altered.ok()) {
    if (altered.error().recovery == Recovery::retry) return altered.error();
    found.guarantee.because += "; " + altered.error().message;
    return found;
  }
  PENSTOCK_TRY(again, find_destination(client, destination, mapping, user, false));
  again.guarantee.remarks.push_back("managedTable is true: " + remedy + " was run");
  return again;
}

}  // namespace penstock::clickhouse
