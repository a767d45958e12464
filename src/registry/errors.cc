#include "registry/errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace penstock::registry {
namespace {

constexpr std::size_t kLongestText = 300;

/// What the body of a refusal says.
struct Said {
  int code = 0;           // Confluent's
  std::string exception;  // AWS's, without its namespace
  std::string text;
};

std::string text_at(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// One line, at most so long.
std::string shown(std::string_view text) {
  std::string out(text.substr(0, kLongestText));
  std::ranges::replace_if(
      out, [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, ' ');
  return out;
}

Said read_refusal(std::string_view body) {
  const auto parsed = nlohmann::json::parse(body, nullptr, false);
  if (!parsed.is_object()) return {.text = shown(body)};
  Said said;
  if (const auto code = parsed.find("error_code"); code != parsed.end() && code->is_number()) {
    said.code = code->get<int>();
  }
  said.exception = text_at(parsed, "__type");
  said.exception.erase(0, said.exception.find('#') + 1);
  said.text = text_at(parsed, "message");
  if (said.text.empty()) said.text = text_at(parsed, "Message");
  said.text = shown(said.text.empty() ? body : said.text);
  return said;
}

enum class Meaning : std::uint8_t { unknown_schema, auth, busy, other };

struct ExceptionMeaning {
  std::string_view name;
  Meaning meaning;
};

// GetSchemaVersion and "Common errors" of the AWS Glue API reference.
constexpr std::array kExceptions = {
    ExceptionMeaning{"AccessDeniedException", Meaning::auth},
    ExceptionMeaning{"EntityNotFoundException", Meaning::unknown_schema},
    ExceptionMeaning{"ExpiredTokenException", Meaning::auth},
    ExceptionMeaning{"IncompleteSignatureException", Meaning::auth},
    ExceptionMeaning{"InternalServiceException", Meaning::busy},
    ExceptionMeaning{"InvalidClientTokenId", Meaning::auth},
    ExceptionMeaning{"InvalidSignatureException", Meaning::auth},
    ExceptionMeaning{"MissingAuthenticationTokenException", Meaning::auth},
    ExceptionMeaning{"ServiceUnavailableException", Meaning::busy},
    ExceptionMeaning{"ThrottlingException", Meaning::busy},
    ExceptionMeaning{"UnrecognizedClientException", Meaning::auth},
};

Meaning meaning_of(long status, const Said& said) {
  for (const ExceptionMeaning& one : kExceptions) {
    if (one.name == said.exception) return one.meaning;
  }
  if (said.code >= 40401 && said.code <= 40403) return Meaning::unknown_schema;
  switch (status) {
    case 401:
    case 403: return Meaning::auth;
    // Without a code of Confluent's it is the path that was not found: the address is wrong.
    case 404: return Meaning::other;
    case 408:
    case 429: return Meaning::busy;
    default: return status >= 500 ? Meaning::busy : Meaning::other;
  }
}

Error unreachable(std::string_view wanted, std::string_view found) {
  return {.fault = Fault::remote,
          .recovery = Recovery::retry,
          .code = "registry.unreachable",
          .message = fmt::format("{}: {}", wanted, found)};
}

Error stop(std::string_view code, std::string_view wanted, std::string_view found) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = code,
          .message = fmt::format("{}: {}", wanted, found)};
}

}  // namespace

Error unknown_schema(std::string_view wanted, std::string_view found) {
  return {.fault = Fault::data,
          .recovery = Recovery::isolate,
          .code = "schema.unknown",
          .message = fmt::format("{}: {}", wanted, found)};
}

Error bad_answer(std::string_view wanted, std::string_view found) {
  return stop("registry.bad_answer", wanted, found);
}

Error refusal_error(const http::Answer& answer, std::string_view wanted) {
  switch (answer.outcome) {
    case http::Outcome::answered: break;
    case http::Outcome::unreadable:
    case http::Outcome::untrusted: return bad_answer(wanted, answer.failure);
    case http::Outcome::given_up:
    case http::Outcome::unreachable: return unreachable(wanted, answer.failure);
  }
  const Said said = read_refusal(answer.text);
  const std::string found =
      fmt::format("answered HTTP {}: {}{}{}", answer.status, said.exception,
                  said.exception.empty() ? "" : ": ", said.text.empty() ? "no text" : said.text);
  switch (meaning_of(answer.status, said)) {
    case Meaning::unknown_schema: return unknown_schema(wanted, found);
    case Meaning::auth: return stop("registry.auth", wanted, found);
    case Meaning::busy: return unreachable(wanted, found);
    case Meaning::other: return bad_answer(wanted, found);
  }
  return bad_answer(wanted, found);
}

}  // namespace penstock::registry
