#include "app/check_command.h"

#include <ostream>

#include "engine/pipe_document.h"
#include "engine/table_check.h"
#include "spec/json_schema.h"
#include "spec/markdown.h"
#include "spec/spec.h"

namespace penstock {

namespace {

/// What the server says of the tables of one file's pipes.
struct ServerSays {
  std::size_t problems = 0;
  bool is_away = false;
};

ServerSays check_tables(const PipeFile& file, std::ostream& out) {
  ServerSays says;
  for (const PipeDocument& pipe : file.pipes) {
    const std::string table = file.path + ": " + pipe.destination.table + ": ";
    const auto differences = check_table(pipe);
    if (!differences.ok()) {
      const bool is_problem = differences.error().fault == Fault::user;
      says.problems += is_problem ? 1 : 0;
      says.is_away = says.is_away || !is_problem;
      out << table << differences.error().text() << '\n';
      continue;
    }
    for (const std::string& difference : differences.value()) out << table << difference << '\n';
  }
  return says;
}

}  // namespace

int check_command(const std::vector<std::string>& files, bool asks_server,
                  const spec::Environment& environment, std::ostream& out) {
  std::size_t problems = 0;
  bool is_away = false;
  for (const PipeFile& file : load_pipe_files(files, environment)) {
    std::size_t here = file.problems.size();
    out << spec::problems_text(file.problems, file.path);
    if (here == 0 && asks_server) {
      const ServerSays says = check_tables(file, out);
      here += says.problems;
      is_away = is_away || says.is_away;
    }
    if (here == 0) out << file.path << ": ok\n";
    problems += here;
  }
  if (problems == 0) return is_away ? 3 : 0;
  out << problems << (problems == 1 ? " problem\n" : " problems\n");
  return 2;
}

std::string pipe_document_schema() { return spec::json_schema(pipe_spec().shape()); }

std::string pipe_document_reference() { return spec::markdown_reference(pipe_spec().shape()); }

}  // namespace penstock
