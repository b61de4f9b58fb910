#include "ledger/format/binary_archive.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/format/archive_example.hpp"

namespace binary_archive_test {

using namespace assay;
using namespace assay::testing;

namespace {

struct Numbers {
  bool flag = true;
  std::uint64_t number = 0x0102030405060708;
  std::string text = "ab";
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(flag), CEREAL_NVP(number), CEREAL_NVP(text));
  }
};

}  // namespace

TEST_CASE("The binary form is big-endian, with counts before what they count") {
  CHECK(to_binary(Numbers{}) == std::string("\x01\x01\x02\x03\x04\x05\x06\x07\x08\x00\x00\x00\x02"
                                            "ab",
                                            15));
}

TEST_CASE("A value of every kind comes back from its binary form") {
  const Example example = full_example();
  CHECK(from_binary<Example>(to_binary(example)).value() == example);
  CHECK(from_binary<Example>(to_binary(Example{})).value() == Example{});
}

TEST_CASE("Bytes cut short or left over are refused") {
  const std::string bytes = to_binary(full_example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    REQUIRE_FALSE(from_binary<Example>(std::string_view(bytes).substr(0, size)));
  }
  CHECK_FALSE(from_binary<Example>(bytes + '\0'));
}

TEST_CASE("Every bit the other way is refused or gives another value that is written the same") {
  const Example example = full_example();
  const std::string bytes = to_binary(example);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    const auto read = from_binary<Example>(changed);
    CAPTURE(bit);
    if (read) {
      REQUIRE_FALSE(*read == example);
      REQUIRE(to_binary(*read) == changed);
    }
  }
}

TEST_CASE("A value that has no canonical JSON form is refused") {
  const auto accepted = [](const Numbers& numbers) {
    return from_binary<Numbers>(to_binary(numbers)).has_value();
  };
  CHECK(accepted({true, 9'007'199'254'740'991, "é"}));
  CHECK_FALSE(accepted({true, 9'007'199'254'740'992, "é"}));
  CHECK_FALSE(accepted({true, 1, "\xE9"}));
  const auto at = [](std::int64_t us) {
    Example example;
    example.time.us = us;
    return from_binary<Example>(to_binary(example)).has_value();
  };
  CHECK(at(-62'135'596'800'000'000));
  CHECK_FALSE(at(-62'135'596'800'000'001));
  CHECK(at(253'402'300'799'999'999));
  CHECK_FALSE(at(253'402'300'800'000'000));
  const auto numbered = [](std::int64_t number) {
    return from_binary<Inner>(to_binary(Inner{number, std::nullopt})).has_value();
  };
  CHECK(numbered(-9'007'199'254'740'991));
  CHECK_FALSE(numbered(-9'007'199'254'740'992));
  Example unsorted;
  unsorted.ids.ids = {"b", "a"};
  CHECK_FALSE(from_binary<Example>(to_binary(unsorted)));
  Example bytes;
  bytes.bytes = {"\xE9"};
  CHECK(from_binary<Example>(to_binary(bytes)));
}

TEST_CASE("A lie about a count costs nothing") {
  std::string bytes(1 + 8, '\0');
  bytes += "\xff\xff\xff\xff";
  CHECK_FALSE(from_binary<Numbers>(bytes));
}

TEST_CASE("Disorder in a set or map, and values that do not exist, are refused") {
  // Colour has two values, bool has two, and a set ascends.
  Example example;
  example.id = "x";
  example.set = {Colour::red, Colour::green};
  std::string bytes = to_binary(example);
  const std::string in_order{"\x00\x00\x00\x02\x00\x01", 6};
  const std::size_t at = bytes.find(in_order);
  REQUIRE(at != std::string::npos);
  CHECK(from_binary<Example>(bytes));
  bytes.replace(at, in_order.size(), std::string("\x00\x00\x00\x02\x01\x00", 6));
  CHECK_FALSE(from_binary<Example>(bytes));
  bytes.replace(at, in_order.size(), std::string("\x00\x00\x00\x02\x00\x02", 6));
  CHECK_FALSE(from_binary<Example>(bytes));
}

}  // namespace binary_archive_test
