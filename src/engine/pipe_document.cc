#include "engine/pipe_document.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <set>
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

PipeFile load_pipe_file(const std::string& path, const spec::Environment& environment) {
  const auto text = read_file(path);
  if (text.ok()) return parse_pipe_file(path, text.value(), environment);
  PipeFile file{.path = path};
  file.problems.push_back({.message = text.error().message});
  return file;
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

ParsedPipe parse_pipe(spec::Value document, const spec::Environment& environment) {
  std::vector<Problem> problems;
  spec::substitute(document, environment, problems);
  auto parsed = pipe_spec().parse(document);
  append(problems, without_repeats(parsed.problems, problems));
  return {std::move(parsed.config), std::move(problems)};
}

Result<std::string> read_file(const std::string& path) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  std::string text;
  std::array<char, 1 << 14> piece;
  std::size_t size = file ? std::fread(piece.data(), 1, piece.size(), file.get()) : 0;
  while (size > 0) {
    text.append(piece.data(), size);
    size = std::fread(piece.data(), 1, piece.size(), file.get());
  }
  if (file && std::ferror(file.get()) == 0) return text;
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "pipe.document",
               .message = "cannot be read: " + std::generic_category().message(errno)};
}

PipeFile parse_pipe_file(std::string path, std::string_view text,
                         const spec::Environment& environment) {
  PipeFile file{.path = std::move(path)};
  spec::Reading reading = spec::read_document(text, file.path);
  file.problems = std::move(reading.problems);
  for (spec::Value& document : reading.documents) {
    ParsedPipe parsed = parse_pipe(std::move(document), environment);
    append(file.problems, parsed.problems);
    file.pipes.push_back(std::move(parsed.pipe));
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
