#include "ledger/base/words.hpp"

#include <set>

#include <catch2/catch.hpp>

using namespace assay;

TEST_CASE("There are 256 words, told apart by their first four letters") {
  std::set<std::string_view> starts;
  for (const std::string_view word : byte_words()) {
    CAPTURE(word);
    CHECK(word.size() >= 4);
    CHECK(word.size() <= 8);
    CHECK(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos);
    starts.insert(word.substr(0, 4));
  }
  CHECK(starts.size() == 256);
}

TEST_CASE("Twelve words stand for the first twelve bytes of a hash") {
  Hash hash;
  for (std::size_t i = 0; i < hash.bytes.size(); ++i) hash.bytes[i] = static_cast<std::uint8_t>(i);
  CHECK(words_of(hash) ==
        "acorn actor alarm album almond alpine amber anchor angle ankle antler apple");
  CHECK(parse_words(words_of(hash)).value() == hash.view().substr(0, 12));
  const Hash other = sha256("x");
  CHECK(parse_words(words_of(other)).value() == other.view().substr(0, 12));
}

TEST_CASE("Every word stands for its own byte") {
  for (int value = 0; value < 256; ++value) {
    Hash hash;
    hash.bytes.fill(static_cast<std::uint8_t>(value));
    CHECK(parse_words(words_of(hash)).value() == std::string(12, static_cast<char>(value)));
  }
}

TEST_CASE("Words are read as people write them") {
  const Hash hash = sha256("y");
  const std::string words = words_of(hash);
  std::string shouted = words;
  for (char& c : shouted) c = c == ' ' ? '-' : static_cast<char>(c >= 'a' ? c - 32 : c);
  CHECK(parse_words(shouted).value() == hash.view().substr(0, 12));
  CHECK(parse_words("  " + words + " \n").value() == hash.view().substr(0, 12));
  std::string shortened;
  for (std::size_t i = 0; i < 12; ++i) {
    shortened += std::string(byte_words()[hash.bytes[i]].substr(0, 4)) + ", ";
  }
  CHECK(parse_words(shortened).value() == hash.view().substr(0, 12));
}

TEST_CASE("Other words, other numbers of words and shorter starts are refused") {
  const std::string words = words_of(sha256("z"));
  CHECK_FALSE(parse_words(""));
  CHECK_FALSE(parse_words(words + " acorn"));
  CHECK_FALSE(parse_words(words.substr(0, words.rfind(' '))));
  const std::string rest = words.substr(words.find(' '));
  for (const char* const wrong : {"acornn", "acort", "aco", "zzzz", "umbrellas", "ac0rn"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_words(wrong + rest));
  }
}
