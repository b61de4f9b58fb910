#include "ledger/format/json_archive.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/format/archive_example.hpp"

namespace json_archive_test {

using namespace assay;
using namespace assay::testing;

namespace {

constexpr std::string_view kFull =
    R"({"bytes":"AP8Q","colour":"green","count":9007199254740991,"event":"41.2","flag":true,)"
    R"("hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","id":"A-1",)"
    R"("ids":["a","b"],"list":[{"number":-1,"remark":"first"},{"number":2}],)"
    R"("map":[{"key":"k","value":{"number":3}},{"key":"l","value":{"number":4,"remark":"four"}}],)"
    R"("maybe":{"number":5,"remark":""},"set":["red","green"],)"
    R"("text":"a \"quoted\" line\n€","time":"2019-11-12T10:05:00.000001Z"})";

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(kFull);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// The message with which a changed text is refused; empty when it is read.
std::string refusal(std::string_view from, std::string_view to) {
  const auto read = from_canonical<Example>(replaced(from, to));
  return read ? std::string() : read.error().message;
}

}  // namespace

TEST_CASE("A value is written in canonical form, and read back equal") {
  const Example example = full_example();
  CHECK(to_canonical(example) == kFull);
  CHECK(from_canonical<Example>(kFull).value() == example);
}

TEST_CASE("Optional members are absent when empty, and never null") {
  Example example = full_example();
  example.maybe.reset();
  const std::string text = to_canonical(example);
  CHECK(text.find("maybe") == std::string::npos);
  CHECK(from_canonical<Example>(text).value() == example);
  CHECK_FALSE(refusal(R"({"number":5,"remark":""})", "null").empty());
}

TEST_CASE("Unknown, missing and repeated members are refused by name") {
  CHECK(refusal(R"("flag":true,)", "").starts_with("member \"flag\" is missing"));
  CHECK(
      refusal(R"("flag":true,)", R"("fla":1,"flag":true,)").starts_with("unknown member \"fla\""));
  CHECK(refusal(R"("flag":true,)", R"("flag":true,"flaw":1,)")
            .starts_with("unknown member \"flaw\""));
  CHECK(refusal("\"}", R"(","zone":"UTC"})").starts_with("unknown member \"zone\""));
  CHECK(refusal(R"("flag":true,)", R"("flag":true,"flag":true,)")
            .starts_with("a member name stands twice"));
  CHECK(refusal(R"("number":5,)", "").starts_with("member \"number\" is missing"));
  CHECK(refusal(R"({"number":5,"remark":""})", R"({"number":5,"other":1,"remark":""})")
            .starts_with("unknown member \"other\""));
}

TEST_CASE("A member of another kind is refused") {
  CHECK_FALSE(refusal("\"flag\":true", "\"flag\":1").empty());
  CHECK_FALSE(refusal("\"flag\":true", "\"flag\":\"true\"").empty());
  CHECK_FALSE(refusal("\"count\":9007199254740991", "\"count\":\"7\"").empty());
  CHECK_FALSE(refusal("\"count\":9007199254740991", "\"count\":-7").empty());
  CHECK_FALSE(refusal("\"text\":\"a \\\"quoted\\\" line\\n€\"", "\"text\":7").empty());
  CHECK_FALSE(refusal("\"list\":[", "\"list\":[7,").empty());
  CHECK_FALSE(refusal("\"maybe\":{\"number\":5,\"remark\":\"\"}", "\"maybe\":[]").empty());
}

TEST_CASE("Values have one text each") {
  CHECK(refusal("AP8Q", "AP9=").starts_with("base64 text ends in bits that are not zero"));
  CHECK(refusal("\"green\"", "\"blue\"").starts_with("\"blue\" is not one of the values"));
  CHECK(refusal("41.2", "041.2").starts_with("an event address is"));
  CHECK_FALSE(refusal("2d711642", "2D711642").empty());
  CHECK(refusal("\"A-1\"", "\"A 1\"").starts_with("\"A 1\" is not an identifier"));
  CHECK(refusal(R"(["a","b"])", R"(["b","a"])").starts_with("\"a\" is out of order"));
  CHECK(refusal(R"(["a","b"])", R"(["a","a"])").starts_with("\"a\" is out of order"));
  CHECK(
      refusal(R"(["red","green"])", R"(["green","red"])").starts_with("a set is not in ascending"));
  CHECK(refusal(R"("key":"k")", R"("key":"m")").starts_with("keys are not in ascending order"));
  CHECK_FALSE(refusal("2019-11-12T10:05:00.000001Z", "2019-11-12T10:05:00Z").empty());
  CHECK_FALSE(refusal("2019-11-12T10:05:00.000001Z", "2019-02-29T10:05:00.000001Z").empty());
  CHECK_FALSE(refusal("2019-11-12T10:05:00.000001Z", "2019-11-12 10:05:00.000001Z").empty());
}

TEST_CASE("A text member is at most 16,384 bytes") {
  Example example;
  example.id = "x";
  example.text = std::string(16'384, 't');
  CHECK(from_canonical<Example>(to_canonical(example)).value() == example);
  example.text.push_back('t');
  CHECK(from_canonical<Example>(to_canonical(example)).error().message.starts_with("text longer"));
}

TEST_CASE("Every text cut short and every bit the other way is refused, or is another value") {
  const Example example = full_example();
  for (std::size_t size = 0; size < kFull.size(); ++size) {
    REQUIRE_FALSE(from_canonical<Example>(kFull.substr(0, size)));
  }
  for (std::size_t bit = 0; bit < kFull.size() * 8; ++bit) {
    std::string text(kFull);
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
    const auto read = from_canonical<Example>(text);
    CAPTURE(bit, text);
    if (read) {
      REQUIRE_FALSE(*read == example);
      REQUIRE(to_canonical(*read) == text);
    }
  }
}

}  // namespace json_archive_test
