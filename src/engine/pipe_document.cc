#include "engine/pipe_document.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>

#include "spec/read_document.h"
#include "spec/spec.h"

namespace penstock {
namespace {

using spec::Problem;

void append(std::vector<Problem>& all, const std::vector<Problem>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// A value whose variable is missing is not worth a second complaint about its form.
std::vector<Problem> without_repeats(const std::vector<Problem>& problems,
                                     const std::vector<Problem>& known) {
  std::vector<Problem> out;
  for (const Problem& problem : problems) {
    const auto same_path = [&](const Problem& other) { return other.path == problem.path; };
    if (std::none_of(known.begin(), known.end(), same_path)) out.push_back(problem);
  }
  return out;
}

void parse_pipe(spec::Value document, const spec::Environment& environment, PipeFile& file) {
  std::vector<Problem> problems;
  spec::substitute(document, environment, problems);
  auto parsed = pipe_spec().parse(document);
  append(problems, without_repeats(parsed.problems, problems));
  append(file.problems, problems);
  file.pipes.push_back(std::move(parsed.config));
}

PipeFile load_pipe_file(const std::string& path, const spec::Environment& environment) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  errno = 0;
  // An empty file inserts nothing, which the stream calls a failure too.
  const bool read = stream && (stream.peek() == EOF || text << stream.rdbuf());
  if (!read || errno != 0) {
    const std::string why = errno != 0 ? std::generic_category().message(errno) : "is it readable?";
    PipeFile file{.path = path};
    file.problems.push_back({.message = "cannot be read: " + why});
    return file;
  }
  return parse_pipe_file(path, text.str(), environment);
}

/// Consumer groups and metrics carry the name.
void check_names(PipeFile& file, std::set<std::string>& taken) {
  for (const PipeDocument& pipe : file.pipes) {
    if (pipe.name.empty() || taken.insert(pipe.name).second) continue;
    file.problems.push_back({.path = "name",
                             .message = "each pipe must have a name of its own",
                             .found = spec::quoted(pipe.name)});
  }
}

}  // namespace

PipeFile parse_pipe_file(std::string path, std::string_view text,
                         const spec::Environment& environment) {
  PipeFile file{.path = std::move(path)};
  spec::Reading reading = spec::read_document(text, file.path);
  file.problems = std::move(reading.problems);
  for (spec::Value& document : reading.documents) {
    parse_pipe(std::move(document), environment, file);
  }
  spec::sort_by_place(file.problems);
  return file;
}

std::vector<PipeFile> load_pipe_files(const std::vector<std::string>& paths,
                                      const spec::Environment& environment) {
  std::vector<PipeFile> files;
  std::set<std::string> taken;
  for (const std::string& path : paths) {
    files.push_back(load_pipe_file(path, environment));
    check_names(files.back(), taken);
  }
  return files;
}

Result<std::vector<PipeDocument>> load_pipe_documents(const std::vector<std::string>& paths,
                                                      const spec::Environment& environment) {
  std::vector<PipeDocument> pipes;
  std::string problems;
  for (PipeFile& file : load_pipe_files(paths, environment)) {
    problems += spec::problems_text(file.problems, file.path);
    std::move(file.pipes.begin(), file.pipes.end(), std::back_inserter(pipes));
  }
  if (problems.empty()) return pipes;
  problems.pop_back();  // the last line feed
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "pipe.document",
               .message = std::move(problems)};
}

}  // namespace penstock
