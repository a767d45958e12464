#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine.h"
#include "exceptions.h"
#include "format.h"

namespace penstock::oracle {

/// Runs messages through both sides and keeps count of what came out.
class Trial {
 public:
  /// Prints the first `most_printed` differences that are not listed.
  Trial(Engine& engine, Format& format, std::size_t most_printed)
      : engine_(engine), format_(format), most_printed_(most_printed) {}

  /// Every exception's own example has to differ, and in the way the exception says.
  void try_examples();
  /// Messages [first, first + count) of the run with this seed.
  void try_random(std::uint64_t seed, std::uint64_t first, std::size_t count);

  /// Prints what was counted. False: something is not as it should be.
  bool report() const;

  /// Prints both results of every message, also where they agree.
  void print_everything() { prints_everything_ = true; }
  /// Prints the messages that this exception covers too.
  void print_all_of(std::string_view exception) { printed_exception_ = exception; }

 private:
  struct Place {
    std::string columns;
    std::string command;  // that tries this message alone
  };

  Table make_tables(std::string_view columns);
  void compare(const Table& ours, const Table& theirs, const std::vector<std::string>& messages,
               const std::vector<Place>& places, const Exception* expected);
  std::vector<Difference> difference_of(const Table& table, const std::string& message,
                                        const Outcome& ours, const Outcome& theirs) const;
  bool is_listed(const Table& table, const std::string& message, const Outcome& ours,
                 const Outcome& theirs) const;
  void judge(const Table& table, const std::string& message, const Outcome& ours,
             const Outcome& theirs, const Place& place, const Exception* expected);
  void print(const std::string& message, const Outcome& ours, const Outcome& theirs,
             const Place& place) const;

  Engine& engine_;
  Format& format_;
  const std::size_t most_printed_;
  std::size_t messages_ = 0;
  std::size_t taken_ = 0;
  std::size_t unlisted_ = 0;
  std::map<std::string_view, std::size_t> excepted_;
  bool prints_everything_ = false;
  std::string printed_exception_;
};

}  // namespace penstock::oracle
