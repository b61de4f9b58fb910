#include <catch2/catch.hpp>

#include "ledger/format/canonical_reader.hpp"
#include "ledger/format/canonical_writer.hpp"
#include "tests/support/json_oracle.hpp"
#include "tests/support/random.hpp"

using namespace assay;
using namespace assay::testing;
using nlohmann::json;

namespace {

std::string random_string(Random& random) {
  static const std::vector<std::string> kPieces = {"a",
                                                   "plain text ",
                                                   "\"",
                                                   "\\",
                                                   "/",
                                                   "\n",
                                                   "\t",
                                                   "\b",
                                                   "\f",
                                                   "\r",
                                                   std::string(1, '\0'),
                                                   "\x1f",
                                                   "\x7f",
                                                   "é",
                                                   "€",
                                                   "😀",
                                                   "\xEF\xBF\xBF",
                                                   "0123456789abcdef0123456789abcdef"};
  std::string text;
  for (std::uint64_t count = random.below(8); count > 0; --count) {
    text += kPieces[random.below(kPieces.size())];
  }
  return text;
}

std::string random_name(Random& random) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_";
  std::string name(1, kLetters[random.below(26)]);
  while (random.below(4) != 0) name.push_back(kLetters[random.below(kLetters.size())]);
  return name;
}

json random_value(Random& random, std::size_t levels) {
  switch (random.below(levels == 0 ? 5 : 7)) {
    case 0: return random_string(random);
    case 1: return static_cast<std::int64_t>(random.of_any_size(9'007'199'254'740'991));
    case 2: return -static_cast<std::int64_t>(random.of_any_size(9'007'199'254'740'991));
    case 3: return random.below(2) == 0;
    case 4: return nullptr;
    case 5: {
      json array = json::array();
      for (std::uint64_t count = random.below(5); count > 0; --count) {
        array.push_back(random_value(random, levels - 1));
      }
      return array;
    }
    default: {
      json object = json::object();
      for (std::uint64_t count = random.below(6); count > 0; --count) {
        object[random_name(random)] = random_value(random, levels - 1);
      }
      return object;
    }
  }
}

void write(CanonicalWriter& out, const json& value) {
  if (value.is_object()) {
    out.begin_object();
    for (const auto& [name, member] : value.items()) {
      out.name(name);
      write(out, member);
    }
    out.end_object();
  } else if (value.is_array()) {
    out.begin_array();
    for (const json& element : value) write(out, element);
    out.end_array();
  } else if (value.is_string()) {
    out.string(value.get<std::string>());
  } else if (value.is_boolean()) {
    out.boolean(value.get<bool>());
  } else if (value.is_number()) {
    out.integer(value.get<std::int64_t>());
  } else {
    out.raw("null");
  }
}

std::string mutated(std::string text, Random& random) {
  static constexpr std::string_view kBytes =
      "\"\\{}[]:,0123456789-+.eEtfnu/ \n\x01\x7f\x80\xC3\xA9\xED\xFF";
  for (std::uint64_t count = 1 + random.below(3); count > 0; --count) {
    const std::uint64_t at = random.below(text.size() + 1);
    switch (random.below(4)) {
      case 0: text.insert(at, 1, kBytes[random.below(kBytes.size())]); break;
      case 1: text.erase(at, 1 + random.below(3)); break;
      case 2:
        if (at < text.size()) text[at] = kBytes[random.below(kBytes.size())];
        break;
      default: {
        const std::uint64_t from = random.below(text.size() + 1);
        text.insert(at, text.substr(from, random.below(12)));
      }
    }
  }
  return text;
}

}  // namespace

TEST_CASE("What is written from random values is canonical, by our reader and by another's") {
  Random random;
  CAPTURE(Random::seed());
  for (int round = 0; round < 20'000; ++round) {
    const json value = random_value(random, 5);
    CanonicalWriter out;
    write(out, value);
    CAPTURE(out.text());
    REQUIRE(check_canonical(out.text()));
    REQUIRE(oracle_accepts(out.text()));
    REQUIRE(out.text() == value.dump());
  }
}

TEST_CASE("Damaged texts are accepted exactly when another library finds them canonical") {
  Random random;
  CAPTURE(Random::seed());
  std::size_t accepted = 0;
  constexpr int kRounds = 300'000;
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = mutated(random_value(random, 4).dump(), random);
    const bool ours = check_canonical(text).has_value();
    if (ours != oracle_accepts(text)) FAIL("we say " << ours << ": " << text);
    accepted += ours ? 1 : 0;
  }
  // Both answers must have been put to the test.
  CHECK(accepted > kRounds / 100);
  CHECK(accepted < kRounds / 2);
}

TEST_CASE("All texts of up to four structural bytes are judged as another library does") {
  constexpr std::string_view kBytes = "{}[]\",:0-1a\\ ";
  std::vector<std::string> texts{""};
  for (std::size_t begin = 0, size = 1; size <= 4; ++size) {
    const std::size_t end = texts.size();
    for (std::size_t i = begin; i < end; ++i) {
      for (const char byte : kBytes) texts.push_back(texts[i] + byte);
    }
    begin = end;
  }
  for (const std::string& text : texts) {
    if (check_canonical(text).has_value() != oracle_accepts(text)) FAIL("differ on: " << text);
  }
  CHECK(texts.size() > 25'000);
}
