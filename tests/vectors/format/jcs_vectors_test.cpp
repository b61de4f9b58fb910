// The vectors of RFC 8785's author. Assay's form is narrower: of the six canonical outputs it takes
// none as they stand, each for a reason stated here, and everything in them that it has a form for.

#include <catch2/catch.hpp>

#include "ledger/format/canonical_reader.hpp"
#include "ledger/format/canonical_writer.hpp"
#include "tests/support/vectors.hpp"

using namespace assay;
using namespace assay::testing;
using nlohmann::ordered_json;

namespace {

const char* const kNames[] = {"arrays", "french", "structures", "unicode", "values", "weird"};

std::filesystem::path testdata() {
  return vectors_folder() / "cyberphone" / "json-canonicalization" / "testdata";
}

std::string output(const std::string& name) {
  return read_vector(testdata() / "output" / (name + ".json"));
}

std::string refusal(std::string_view text) {
  const Status status = check_canonical(text);
  return status ? std::string() : status.error().message;
}

/// The same value with its members renamed, in the same order, and its fractions left out.
ordered_json narrowed(const ordered_json& value) {
  if (value.is_array()) {
    ordered_json array = ordered_json::array();
    for (const ordered_json& element : value) {
      if (!element.is_number_float()) array.push_back(narrowed(element));
    }
    return array;
  }
  if (!value.is_object()) return value;
  ordered_json object = ordered_json::object();
  char name = 'a';
  for (const auto& [ignored, member] : value.items()) {
    object[std::string("m_") + name++] = narrowed(member);
  }
  return object;
}

void collect_strings(const ordered_json& value, std::vector<std::string>& strings) {
  if (value.is_string()) strings.push_back(value.get<std::string>());
  if (!value.is_structured()) return;
  for (const auto& [name, member] : value.items()) {
    if (value.is_object()) strings.push_back(name);
    collect_strings(member, strings);
  }
}

}  // namespace

TEST_CASE("No input of the JCS vectors is canonical: they have white space") {
  for (const std::string name : kNames) {
    CAPTURE(name);
    CHECK_FALSE(refusal(read_vector(testdata() / "input" / (name + ".json"))).empty());
  }
}

TEST_CASE("JCS outputs are refused where they go beyond the restrictions, and only there") {
  // Member names that are not snake_case: "1", an accent, "", spaces and capitals, "\n".
  CHECK(refusal(output("arrays")) == "a member name must be ASCII snake_case at byte 7");
  CHECK(refusal(output("french")) == "a member name must be ASCII snake_case at byte 32");
  CHECK(refusal(output("structures")) == "a member name must be ASCII snake_case at byte 2");
  CHECK(refusal(output("unicode")) == "a member name must be ASCII snake_case at byte 2");
  CHECK(refusal(output("weird")) == "a member name must be ASCII snake_case at byte 2");
  // Numbers that are not integers.
  CHECK(refusal(output("values")).starts_with("numbers are integers: no fraction, no exponent"));
}

TEST_CASE("With their members renamed and fractions left out, JCS outputs are canonical") {
  for (const std::string name : kNames) {
    CAPTURE(name);
    const std::string text = narrowed(ordered_json::parse(output(name))).dump();
    CHECK(refusal(text).empty());
  }
}

TEST_CASE("Strings of the JCS outputs are written here as they are written there") {
  for (const std::string name : kNames) {
    CAPTURE(name);
    const std::string text = output(name);
    std::vector<std::string> strings;
    collect_strings(ordered_json::parse(text), strings);
    REQUIRE_FALSE(strings.empty());
    for (const std::string& string : strings) {
      std::string written;
      append_json_string(written, string);
      CAPTURE(written);
      CHECK(text.find(written) != std::string::npos);
      CHECK(check_canonical(written));
    }
  }
}
