#pragma once

/// One of everything that a field description can hold, for the tests of the three archives.

#include "ledger/format/archive_traits.hpp"

namespace assay::testing {

enum class Colour : std::uint8_t { red, green };

}  // namespace assay::testing
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<testing::Colour>[] = {"red", "green"};
}  // namespace assay
namespace assay::testing {

struct Inner {
  std::int64_t number = 0;
  std::optional<std::string> remark;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(number), CEREAL_NVP(remark));
  }
  auto operator<=>(const Inner&) const = default;
};

struct Example {
  Base64Bytes bytes;
  Colour colour = Colour::red;
  std::uint64_t count = 0;
  EventId event;
  bool flag = false;
  Hash hash;
  Identifier id;
  IdentifierSet ids;
  std::vector<Inner> list;
  std::map<Identifier, Inner> map;
  std::optional<Inner> maybe;
  std::set<Colour> set;
  std::string text;
  Timestamp time;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(bytes), CEREAL_NVP(colour), CEREAL_NVP(count), CEREAL_NVP(event),
            CEREAL_NVP(flag), CEREAL_NVP(hash), CEREAL_NVP(id), CEREAL_NVP(ids), CEREAL_NVP(list),
            CEREAL_NVP(map), CEREAL_NVP(maybe), CEREAL_NVP(set), CEREAL_NVP(text),
            CEREAL_NVP(time));
  }
  bool operator==(const Example&) const = default;
};

inline Example full_example() {
  Example example;
  example.bytes = {std::string("\x00\xff\x10", 3)};
  example.colour = Colour::green;
  example.count = 9'007'199'254'740'991;
  example.event = {41, 2};
  example.flag = true;
  example.hash = sha256("x");
  example.id = "A-1";
  example.ids = IdentifierSet::of({"b", "a"});
  example.list = {{-1, "first"}, {2, std::nullopt}};
  example.map = {{"k", {3, std::nullopt}}, {"l", {4, "four"}}};
  example.maybe = Inner{5, ""};
  example.set = {Colour::red, Colour::green};
  example.text = "a \"quoted\" line\n€";
  example.time = Timestamp::parse("2019-11-12T10:05:00.000001Z").value();
  return example;
}

}  // namespace assay::testing
