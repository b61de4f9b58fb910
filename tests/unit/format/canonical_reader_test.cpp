#include "ledger/format/canonical_reader.hpp"

#include <vector>

#include <catch2/catch.hpp>

namespace canonical_reader_test {

using namespace assay;

namespace {

bool accepted(std::string_view text) { return check_canonical(text).has_value(); }

/// "<reason> at byte <offset>" of a refusal; empty when the text is accepted.
std::string refusal(std::string_view text) {
  const Status status = check_canonical(text);
  return status ? std::string() : status.error().message;
}

std::string nested(std::size_t levels, char open, char close) {
  return std::string(levels, open) + std::string(levels, close);
}

}  // namespace

TEST_CASE("Every kind of canonical value is accepted") {
  const char* const text = GENERATE(
      "{}", "[]", "\"\"", "0", "-1", "true", "false", "null", R"({"a":1,"b":[2,3],"c":{}})",
      R"([[],{},"x",-7,null])", R"({"a":{"a":{"a":0}}})", R"(["\u0000\u001f\b\t\n\f\r\"\\"])",
      "[\"/\x7f\"]", "[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"]", "9007199254740991",
      "-9007199254740991", R"({"a1_b":true,"a1_c":false,"b":null})");
  CAPTURE(text);
  CHECK(refusal(text).empty());
}

TEST_CASE("White space is refused wherever it stands") {
  const char* const text =
      GENERATE(" 1", "1 ", "1\n", "[ ]", "[1 ]", "[1, 2]", "{ }", R"({"a" :1})", R"({"a": 1})",
               R"({"a":1, "b":2})", "\t[]", "\xEF\xBB\xBF[]");
  CAPTURE(text);
  CHECK_FALSE(accepted(text));
}

TEST_CASE("A refusal names the byte at which the text stops being canonical") {
  CHECK(refusal("") == "the text ends where a value was expected at byte 0");
  CHECK(refusal("[1,]") == "an integer was expected at byte 3");
  CHECK(refusal("[1 2]") == "',' or ']' was expected at byte 2");
  CHECK(refusal(R"({"b":1,"a":2})") == "member names are not in ascending order at byte 8");
  CHECK(refusal(R"({"a":1,"a":2})") == "a member name stands twice at byte 8");
  CHECK(refusal(R"({"a":1)") == "the text ends inside an object at byte 6");
  CHECK(refusal(R"(["abc)") == "the text ends inside a string at byte 5");
  CHECK(refusal("[]x") == "bytes after the end of the value at byte 2");
  CHECK(refusal("[01]") == "this integer is not canonical at byte 1");
}

TEST_CASE("Member names are ASCII snake_case, ascending, each once") {
  for (const char* const text :
       {R"({"":1})", R"({"A":1})", R"({"1a":1})", R"({"_a":1})", R"({"a-b":1})", R"({"a b":1})",
        R"({"\u0061":1})", "{\"\xC3\xA9\":1}", R"({"a":1,"a":1})", R"({"b":1,"a":1})",
        R"({"aa":1,"a":1})", R"({"a":1,})", R"({,"a":1})", R"({"a"})", R"({"a":})", R"({a:1})"}) {
    CAPTURE(text);
    CHECK_FALSE(accepted(text));
  }
  CHECK(accepted(R"({"a":1,"aa":2,"ab":3,"b":4})"));
  CHECK(accepted(R"({"a_1":{"b":1,"c":2},"b":{"a":1}})"));
}

TEST_CASE("Integers lie within 2^53 - 1 and have one form") {
  for (const char* const text : {"-0",
                                 "00",
                                 "01",
                                 "-01",
                                 "+1",
                                 "1.0",
                                 "1e3",
                                 "1E3",
                                 ".5",
                                 "-",
                                 "9007199254740992",
                                 "-9007199254740992",
                                 "18446744073709551616",
                                 "99999999999999999999999999",
                                 "0x10",
                                 "1.",
                                 "NaN",
                                 "Infinity",
                                 "1a",
                                 "--1"}) {
    CAPTURE(text);
    CHECK_FALSE(accepted(text));
  }
  CHECK(refusal("1.5") == "numbers are integers: no fraction, no exponent at byte 0");
  CHECK(refusal("9007199254740992") == "an integer beyond 2^53 - 1 at byte 0");
}

TEST_CASE("Literals are spelt in full and in lower case") {
  for (const char* const text :
       {"tru", "True", "TRUE", "falsey", "nul", "nulll", "truefalse", "t", "undefined"}) {
    CAPTURE(text);
    CHECK_FALSE(accepted(text));
  }
}

TEST_CASE("Every string has one way to be written") {
  for (const char* const text : {R"("\/")",
                                 R"("\u0041")",
                                 R"("\u000A")",
                                 R"("\u000a")",
                                 R"("\u0008")",
                                 R"("\u0009")",
                                 R"("\u000c")",
                                 R"("\u000d")",
                                 R"("\u001F")",
                                 R"("\u00e9")",
                                 R"("\ud83d\ude00")",
                                 R"("\u0020")",
                                 R"("\u007f")",
                                 R"("\a")",
                                 R"("\'")",
                                 R"("\)",
                                 R"("\u)",
                                 R"("\u00)",
                                 R"("\u001)",
                                 R"("\U0001")",
                                 "\"\x01\"",
                                 "\"\x1f\"",
                                 "\"\n\"",
                                 "'a'"}) {
    CAPTURE(text);
    CHECK_FALSE(accepted(text));
  }
  // Every control character without a short form, and no other, is written as \u00xx.
  for (unsigned c = 0; c < 0x20; ++c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const std::string text = std::string("\"\\u00") + kDigits[c / 16] + kDigits[c % 16] + "\"";
    const bool short_form = c == 8 || c == 9 || c == 10 || c == 12 || c == 13;
    CAPTURE(text);
    CHECK(accepted(text) == !short_form);
  }
  CHECK_FALSE(accepted(std::string_view("\"\\\0\"", 4)));
}

TEST_CASE("Strings are well-formed UTF-8 at every distance from their ends") {
  const std::vector<std::string> bad = {"\x80",
                                        "\xC0\xAF",
                                        "\xC3",
                                        "\xE0\x80\x80",
                                        "\xED\xA0\x80",
                                        "\xED\xBF\xBF",
                                        "\xF0\x80\x80\x80",
                                        "\xF4\x90\x80\x80",
                                        "\xFF"};
  for (const std::string& bytes : bad) {
    // Strings are scanned in blocks: the bad bytes must be found at every place in one.
    for (std::size_t before = 0; before <= 40; ++before) {
      const std::string text =
          "\"" + std::string(before, 'a') + bytes + std::string(40 - before, 'b') + "\"";
      CAPTURE(before, bytes);
      REQUIRE_FALSE(accepted(text));
    }
  }
  const std::string good = "\xF0\x9F\x98\x80";
  for (std::size_t before = 0; before <= 40; ++before) {
    REQUIRE(
        accepted("\"" + std::string(before, 'a') + good + std::string(40 - before, 'b') + "\""));
  }
}

TEST_CASE("Control characters are found at every distance from a string's ends") {
  for (unsigned c = 0; c < 0x20; ++c) {
    for (std::size_t before = 0; before <= 40; ++before) {
      const std::string text = "\"" + std::string(before, 'a') + static_cast<char>(c) +
                               std::string(40 - before, 'b') + "\"";
      REQUIRE_FALSE(accepted(text));
    }
  }
}

TEST_CASE("Nesting is taken to 32 levels and refused beyond, as a limit") {
  CHECK(accepted(nested(32, '[', ']')));
  const Status status = check_canonical(nested(33, '[', ']'));
  REQUIRE_FALSE(status);
  CHECK(status.error().code == Errc::limit);
  CHECK_FALSE(accepted(nested(100'000, '[', ']')));
}

TEST_CASE("Every text cut short is refused") {
  const std::string text =
      R"({"a":[1,-20,true,false,null,"x\"\\\u0001é"],"bb":{"c":{}},"d":"long enough for blocks"})";
  REQUIRE(accepted(text));
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    REQUIRE_FALSE(accepted(std::string_view(text).substr(0, size)));
  }
}

TEST_CASE("Values are read one by one, with views into the input") {
  const std::string text =
      R"({"a":"plain","b":"q\"\u0000","c":-12,"d":true,"e":[1,2],"f":{"g":0}})";
  CanonicalReader in(text);
  std::string_view name;
  std::string_view value;
  std::string scratch;
  REQUIRE(in.enter_object());
  REQUIRE(in.next_member(name));
  CHECK(name == "a");
  REQUIRE(in.read_string(value, scratch));
  CHECK(value == "plain");
  CHECK(value.data() > text.data());
  CHECK(value.data() < text.data() + text.size());
  REQUIRE(in.next_member(name));
  REQUIRE(in.read_string(value, scratch));
  CHECK(value == std::string_view("q\"\0", 3));
  std::int64_t number = 0;
  REQUIRE(in.next_member(name));
  REQUIRE(in.read_integer(number));
  CHECK(number == -12);
  bool flag = false;
  REQUIRE(in.next_member(name));
  REQUIRE(in.read_bool(flag));
  CHECK(flag);
  REQUIRE(in.next_member(name));
  REQUIRE(in.enter_array());
  std::int64_t sum = 0;
  while (in.next_element()) {
    REQUIRE(in.read_integer(number));
    sum += number;
  }
  CHECK(sum == 3);
  REQUIRE(in.next_member(name));
  REQUIRE(in.skip_value(value));
  CHECK(value == R"({"g":0})");
  CHECK_FALSE(in.next_member(name));
  CHECK(in.finish());
}

TEST_CASE("After the first error nothing moves and nothing is read") {
  CanonicalReader in("[1,x]");
  std::int64_t number = 0;
  std::string_view range;
  REQUIRE(in.enter_array());
  REQUIRE(in.next_element());
  REQUIRE(in.read_integer(number));
  REQUIRE(in.next_element());
  CHECK_FALSE(in.read_integer(number));
  const std::string first = in.error().message;
  CHECK_FALSE(in.next_element());
  CHECK_FALSE(in.skip_value(range));
  CHECK_FALSE(in.enter_object());
  CHECK_FALSE(in.finish());
  CHECK_FALSE(in.refuse("later"));
  CHECK(in.error().message == first);
  CHECK(number == 1);
}

TEST_CASE("A caller's own refusal carries the offset that was reached") {
  CanonicalReader in("[1]");
  REQUIRE(in.enter_array());
  CHECK_FALSE(in.refuse("not wanted here"));
  CHECK(in.error().message == "not wanted here at byte 1");
  CHECK(in.error().code == Errc::malformed);
}

TEST_CASE("Members that are asked for by name are taken only where they stand") {
  CanonicalReader in(R"({"a":1,"bb":{"c":2}})");
  std::int64_t number = 0;
  REQUIRE(in.enter_object());
  CHECK_FALSE(in.leave_object());
  CHECK_FALSE(in.take_member(""));
  CHECK_FALSE(in.take_member("aa"));
  REQUIRE(in.take_member("a"));
  REQUIRE(in.read_integer(number));
  CHECK_FALSE(in.take_member("a"));
  CHECK_FALSE(in.take_member("b"));
  CHECK_FALSE(in.take_member("bbb"));
  CHECK_FALSE(in.leave_object());
  REQUIRE(in.take_member("bb"));
  REQUIRE(in.enter_object());
  REQUIRE(in.take_member("c"));
  REQUIRE(in.read_integer(number));
  CHECK(in.leave_object());
  CHECK_FALSE(in.take_member("c"));
  CHECK(in.leave_object());
  CHECK(in.finish());
}

TEST_CASE("A member that is not taken can still be named") {
  CanonicalReader in(R"({"a":1,"z":2})");
  std::int64_t number = 0;
  std::string_view name;
  REQUIRE(in.enter_object());
  REQUIRE(in.take_member("a"));
  REQUIRE(in.read_integer(number));
  CHECK_FALSE(in.take_member("b"));
  CHECK_FALSE(in.leave_object());
  REQUIRE(in.next_member(name));
  CHECK(name == "z");
  CHECK(in.ok());
}

TEST_CASE("Order is still checked after members that were asked for by name") {
  CanonicalReader in(R"({"m":1,"b":2})");
  std::int64_t number = 0;
  std::string_view name;
  REQUIRE(in.enter_object());
  REQUIRE(in.take_member("m"));
  REQUIRE(in.read_integer(number));
  CHECK_FALSE(in.next_member(name));
  CHECK(in.error().message == "member names are not in ascending order at byte 8");
}

}  // namespace canonical_reader_test
