#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>
#include <string>
#include <unordered_set>

#include "spec/path.h"
#include "spec/read_document.h"

namespace penstock::spec {
namespace {

constexpr int kMostDocuments = 10'000;

Place place_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {.line = mark.line + 1, .column = mark.column + 1};
}

/// Copies yaml-cpp's nodes into our own tree. One use per file.
class YamlReader {
 public:
  explicit YamlReader(Reading& reading) : reading_(reading) {}

  Value read(const YAML::Node& node, const std::string& path = {}, int depth = 0) {
    const Place place = place_of(node.Mark());
    if (overflows(path, place, depth)) return Value({}, place);
    switch (node.Type()) {
      case YAML::NodeType::Scalar: return Value(scalar(node), place);
      case YAML::NodeType::Sequence: return Value(list(node, path, depth), place);
      case YAML::NodeType::Map: return Value(map(node, path, depth), place);
      default: return Value({}, place);
    }
  }

 private:
  /// Once it does, the rest of the file is not read: an alias inside itself never ends.
  bool overflows(const std::string& path, Place place, int depth) {
    if (overflown_) return true;
    overflown_ = true;
    if (++nodes_ == kMostNodes) {
      refuse("the file unfolds into too many values", "", place);
    } else if (depth == kDeepestNode) {
      refuse("is nested too deeply", path, place);
    } else {
      overflown_ = false;
    }
    return overflown_;
  }

  static Value::Data scalar(const YAML::Node& node) {
    // yaml-cpp tags plain scalars "?" and quoted or block ones "!".
    if (node.Tag() == "?" || node.Tag().empty()) return plain_scalar(node.Scalar());
    return node.Scalar();
  }

  Value::List list(const YAML::Node& node, const std::string& path, int depth) {
    Value::List out;
    for (const YAML::Node& item : node) {
      out.push_back(read(item, path_to(path, out.size()), depth + 1));
    }
    return out;
  }

  Value::Map map(const YAML::Node& node, const std::string& path, int depth) {
    Value::Map out;
    std::unordered_set<std::string> seen;
    for (const auto& pair : node) {
      const Place place = place_of(pair.first.Mark());
      if (!pair.first.IsScalar()) {
        refuse("a key must be plain text", path, place);
        continue;
      }
      const std::string& key = pair.first.Scalar();
      const std::string key_path = path_to(path, key);
      if (seen.insert(key).second) {
        out.push_back({key, place, read(pair.second, key_path, depth + 1)});
      } else {
        refuse("the key is given twice", key_path, place);
      }
    }
    return out;
  }

  void refuse(std::string message, const std::string& path, Place place) {
    reading_.problems.push_back({path, std::move(message), "", place});
  }

  Reading& reading_;
  int nodes_ = 0;
  bool overflown_ = false;
};

/// Looks at nothing: for counting documents.
class Unread final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// yaml-cpp finds empty documents without end behind some broken texts, such as ",".
bool has_too_many_documents(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  Unread unread;
  for (int documents = 0; parser.HandleNextDocument(unread); ++documents) {
    if (documents == kMostDocuments) return true;
  }
  return false;
}

}  // namespace

Reading read_yaml(std::string_view text) {
  Reading reading;
  YamlReader reader(reading);
  try {
    if (has_too_many_documents(std::string(text))) {
      reading.problems.push_back({.message = "is not valid YAML: its documents have no end"});
      return reading;
    }
    for (const YAML::Node& document : YAML::LoadAll(std::string(text))) {
      if (!document.IsNull()) reading.documents.push_back(reader.read(document));
    }
  } catch (const YAML::Exception& error) {
    reading.problems.push_back(
        {.message = "is not valid YAML: " + error.msg, .place = place_of(error.mark)});
  }
  return reading;
}

}  // namespace penstock::spec
