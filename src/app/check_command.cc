#include "app/check_command.h"

#include <ostream>

#include "engine/pipe_document.h"
#include "spec/json_schema.h"
#include "spec/markdown.h"
#include "spec/spec.h"

namespace penstock {

int check_command(const std::vector<std::string>& files, const spec::Environment& environment,
                  std::ostream& out) {
  std::size_t problems = 0;
  for (const PipeFile& file : load_pipe_files(files, environment)) {
    problems += file.problems.size();
    out << spec::problems_text(file.problems, file.path);
    if (file.problems.empty()) out << file.path << ": ok\n";
  }
  if (problems == 0) return 0;
  out << problems << (problems == 1 ? " problem\n" : " problems\n");
  return 2;
}

std::string pipe_document_schema() { return spec::json_schema(pipe_spec().shape()); }

std::string pipe_document_reference() { return spec::markdown_reference(pipe_spec().shape()); }

}  // namespace penstock
