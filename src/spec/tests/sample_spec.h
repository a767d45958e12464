#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spec/read_document.h"
#include "spec/spec.h"

namespace penstock::spec {

enum class Colour { red, green };

struct Part {
  std::string name;
  std::optional<double> weight;
  std::string key;
};

/// One field of every kind.
struct Sample {
  bool flag = true;
  std::uint32_t count = 2;
  std::int64_t whole = -1;
  double ratio = 0.5;
  std::chrono::milliseconds wait{5000};
  std::uint64_t size = 1 << 20;
  std::string text = "plain";
  std::string code;
  std::string mixed;
  Colour colour = Colour::green;
  std::optional<Colour> maybe_colour;
  std::optional<bool> maybe;
  std::vector<std::string> words;
  std::map<std::string, std::string> free;
  Part part;
  std::optional<Part> maybe_part;
  std::vector<Part> parts;
  std::map<std::string, std::string> open;
  std::string renamed;
};

inline constexpr std::array kColours = {Choice<Colour>{Colour::red, "Red", "Warm."},
                                        Choice<Colour>{Colour::green, "Green", "Calm."}};

inline const Spec<Part>& part_spec() {
  static const auto spec = [] {
    Spec<Part> s("part", "A part.");
    s.field(&Part::name, "name", "Its name.").required().example("bolt");
    s.field(&Part::weight, "weight", "Its weight.").range(0.5, 8).unit("kg");
    s.field(&Part::key, "key", "Opens it.").secret();
    s.rule([](const Part& part, Complaints& complaints) {
      if (part.name == "anvil" && !part.weight)
        complaints.add("weight", "is required for an anvil");
    });
    return s;
  }();
  return spec;
}

inline const Spec<Sample>& sample_spec() {
  static const auto spec = [] {
    Spec<Sample> s("sample", "One field of every kind.");
    s.field(&Sample::flag, "flag", "Yes or no.").live();
    s.field(&Sample::count, "count", "How many.").range(1, 16);
    s.field(&Sample::whole, "whole", "Any whole number.");
    s.field(&Sample::ratio, "ratio", "A share.").range(0, 1).advanced();
    s.field(&Sample::wait, "wait_ms", "How long.").range(10, 600'000);
    s.field(&Sample::size, "size", "How large.").bytes().range(1024, 1 << 30);
    s.field(&Sample::text, "text", "Some text.").range(2, 8);
    s.field(&Sample::code, "code", "A code.").pattern("[a-z]{3}", "three small letters");
    s.field(&Sample::mixed, "mixed", "Text or number.").or_number().since("0.2");
    s.choice<Colour>(&Sample::colour, "colour", kColours, "Its colour.");
    s.choice(&Sample::maybe_colour, "maybeColour", std::span<const Choice<Colour>>(kColours),
             "Another colour.");
    s.field(&Sample::maybe, "maybe", "Perhaps.");
    s.field(&Sample::words, "words", "Several texts.");
    s.field(&Sample::free, "free", "Free names.").group("extra").suggest("free.names");
    s.object(&Sample::part, "part", part_spec(), "A part.");
    s.object(&Sample::maybe_part, "maybePart", part_spec(), "Perhaps a part.");
    s.list(&Sample::parts, "parts", part_spec(), "Several parts.");
    s.open_keys(&Sample::open, "x.", "Anything.");
    s.field(&Sample::renamed, "renamed", "Has a new name.").formerly("old_name");
    return s;
  }();
  return spec;
}

inline Parsed<Sample> parse_yaml(std::string_view text) {
  return sample_spec().parse(read_yaml(text).documents.at(0));
}

/// The problems of a document, one per line, as `check` prints them for a file "f".
inline std::string problems_of(std::string_view text) {
  return problems_text(parse_yaml(text).problems, "f");
}

}  // namespace penstock::spec
