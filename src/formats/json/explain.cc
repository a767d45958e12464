#include "formats/json/explain.h"

namespace penstock::json {

std::string_view explain(simdjson::error_code error) {
  switch (error) {
    case simdjson::EMPTY: return kOnlyBlanks;
    case simdjson::UTF8_ERROR: return "the text is not valid UTF-8";
    case simdjson::UNCLOSED_STRING: return "a string is not closed";
    case simdjson::UNESCAPED_CHARS: return "a string holds a control character that is not escaped";
    case simdjson::STRING_ERROR: return "a string holds an invalid escape";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return kNotClosed;
    case simdjson::TAPE_ERROR: return kMisplaced;
    default: return simdjson::error_message(error);
  }
}

}  // namespace penstock::json
