#pragma once

#include <cstdint>
#include <string>

namespace penstock {

struct ErrorsOptions {
  std::string file;
  std::string where;
  std::string output = "table";  // or json
};

struct ListErrorsOptions : ErrorsOptions {
  std::uint64_t limit = 0;
  bool whole = false;
};

struct ReplayErrorsOptions : ErrorsOptions {
  bool dry_run = false;
  std::string edit;             // a shell command; empty: none
  std::string unsure = "stop";  // or send, mark
  std::size_t batch = 5000;     // messages in an insert
};

/// `penstock errors list` and `penstock errors show`: the error rows of the pipes of a file.
/// Exit codes: 0, 2 the document has problems, 3 the rows could not be read.
int list_errors_command(const ListErrorsOptions& options);

/// `penstock errors replay`: stores what fits by now. Prints what became of the messages.
/// Exit codes: 0 (also when some were left), 2 the document has problems, 3 it could not go on;
/// what was replayed by then is, and the command may be repeated.
int replay_errors_command(const ReplayErrorsOptions& options);

}  // namespace penstock
