#include "formats/tests/inference_case.h"

#include <fstream>
#include <stdexcept>

namespace penstock {
namespace {

/// "<n>" is the number of the message, "<n%3>" what is left of it.
std::string numbered(std::string_view text, std::size_t number) {
  std::string out;
  for (auto at = text.find("<n"); at != text.npos; at = text.find("<n")) {
    const auto end = text.find('>', at);
    const std::string inside(text.substr(at + 2, end - at - 2));
    out += text.substr(0, at);
    out += std::to_string(inside.empty() ? number : number % std::stoul(inside.substr(1)));
    text.remove_prefix(end + 1);
  }
  return out.append(text);
}

void read_line(std::string_view line, InferenceCase& into) {
  const auto blank = line.find(' ');
  const std::string_view word = line.substr(0, blank);
  std::string_view rest = line.substr(blank + 1);
  if (word == "message") {
    into.messages.emplace_back(rest);
  } else if (word == "messages") {
    const std::size_t count = std::stoul(std::string(rest));
    rest.remove_prefix(rest.find(' ') + 1);
    for (std::size_t number = 0; number < count; ++number) {
      into.messages.push_back(numbered(rest, number));
    }
  } else if (word == "schema") {
    into.schemas.emplace_back(rest);
  } else if (word == "of") {
    into.message = rest;
  } else if (word == "oneofs") {
    into.oneofs = rest;
  } else {
    throw std::runtime_error("unknown word: " + std::string(line));
  }
}

bool begins_output(std::string_view line) {
  return line.starts_with("column ") || line.starts_with("sorting");
}

}  // namespace

InferenceCase read_inference_case(const std::filesystem::path& file) {
  std::ifstream in(file);
  InferenceCase read;
  bool in_output = false;
  for (std::string line; std::getline(in, line);) {
    in_output = in_output || begins_output(line);
    (in_output ? read.expected : read.given) += line + "\n";
    if (!in_output && !line.empty() && !line.starts_with('#')) read_line(line, read);
  }
  return read;
}

}  // namespace penstock
