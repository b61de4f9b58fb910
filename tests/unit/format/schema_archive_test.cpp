#include "ledger/format/schema_archive.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/unit/format/archive_example.hpp"

namespace schema_archive_test {

using namespace assay;
using namespace assay::testing;
using nlohmann::json;

TEST_CASE("A schema names every member, and requires those that are not optional") {
  const json schema = json::parse(SchemaWriter::of<Example>());
  CHECK(schema["type"] == "object");
  CHECK(schema["additionalProperties"] == false);
  CHECK(schema["properties"].size() == 14);
  CHECK(schema["required"].size() == 13);
  for (const auto& name : schema["required"]) CHECK(name != "maybe");
}

TEST_CASE("A schema says the form of every kind of value") {
  const json schema = json::parse(SchemaWriter::of<Example>())["properties"];
  CHECK(schema["bytes"]["pattern"].get<std::string>().find("[A-Za-z0-9+/]") != std::string::npos);
  CHECK(schema["colour"]["enum"] == json({"red", "green"}));
  CHECK(schema["count"]["minimum"] == 0);
  CHECK(schema["count"]["maximum"] == 9007199254740991);
  CHECK(schema["event"]["pattern"] == R"(^(0|[1-9]\d*)\.(0|[1-9]\d*)$)");
  CHECK(schema["flag"]["type"] == "boolean");
  CHECK(schema["hash"]["pattern"] == "^[0-9a-f]{64}$");
  CHECK(schema["id"]["pattern"] == "^[A-Za-z0-9._-]{1,128}$");
  CHECK(schema["ids"]["uniqueItems"] == true);
  CHECK(schema["list"]["items"]["properties"]["number"]["minimum"] == -9007199254740991);
  CHECK(schema["list"]["items"]["required"] == json({"number"}));
  CHECK(schema["map"]["items"]["required"] == json({"key", "value"}));
  CHECK(schema["maybe"]["type"] == "object");
  CHECK(schema["set"]["items"]["enum"] == json({"red", "green"}));
  CHECK(schema["text"]["maxLength"] == 16384);
  CHECK(schema["time"]["pattern"] == R"(^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$)");
}

}  // namespace schema_archive_test
