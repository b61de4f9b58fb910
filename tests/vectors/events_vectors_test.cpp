// The golden vectors of every type of event: bytes that logs hold, and that this and every later
// build must read and write alike.

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "ledger/events/catalogue.hpp"
#include "ledger/format/canonical_reader.hpp"

using namespace assay;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

fs::path folder() { return fs::path(ASSAY_SOURCE_DIR) / "tests" / "vectors" / "events"; }

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Name → digest, from lines as sha256sum writes them.
std::map<std::string, std::string> digests(const char* file) {
  std::map<std::string, std::string> all;
  std::ifstream in(folder() / file);
  for (std::string line; std::getline(in, line);) {
    REQUIRE(line.size() > 66);
    CHECK(all.emplace(line.substr(66), line.substr(0, 64)).second);
  }
  return all;
}

std::vector<std::string> vectors() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder())) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

EventView view_of(const std::string& bytes) {
  CanonicalReader in(bytes);
  EventView view;
  REQUIRE(read_event(in, view));
  REQUIRE(in.finish());
  return view;
}

std::string name_of(const EventType& type) {
  return std::string(type.name) + ".v" + std::to_string(type.version);
}

std::set<std::string> names_in(const json& object) {
  std::set<std::string> names;
  for (const auto& member : object.items()) names.insert(member.key());
  return names;
}

}  // namespace

TEST_CASE("every golden event is read strictly and written again byte for byte") {
  const auto listed = digests("digests.txt");
  const auto names = vectors();
  CHECK(listed.size() == names.size());
  for (const std::string& name : names) {
    INFO(name);
    const std::string bytes = read(folder() / name);
    REQUIRE(listed.contains(name));
    CHECK(sha256(bytes).hex() == listed.at(name));
    const EventView view = view_of(bytes);
    const EventType* const type = find_event_type(view.type, view.version);
    REQUIRE(type != nullptr);
    CHECK((name == name_of(*type) + ".json" || name == name_of(*type) + ".min.json"));
    const auto data = decode_event(view.type, view.version, view.data);
    if (!data) FAIL(data.error().message);
    CHECK(encode_event(*data, Timestamp::parse(view.occurred_at).value()) == bytes);
    CHECK(subject_of(*data) == view.subject);
  }
}

TEST_CASE("every type of event has its vector, with every member, and without the optional ones") {
  std::set<std::string> expected;
  for (const EventType& type : event_types()) {
    INFO(type.name);
    const json schema = json::parse(event_schema(type)).at("properties").at("data");
    const std::set<std::string> members = names_in(schema.at("properties"));
    const auto required = schema.at("required").get<std::set<std::string>>();
    expected.insert(name_of(type) + ".json");
    const json full = json::parse(read(folder() / (name_of(type) + ".json")));
    CHECK(names_in(full.at("data")) == members);
    const fs::path least = folder() / (name_of(type) + ".min.json");
    CHECK((members == required || fs::exists(least)));
    if (!fs::exists(least)) continue;
    expected.insert(least.filename().string());
    CHECK(names_in(json::parse(read(least)).at("data")) == required);
  }
  const auto names = vectors();
  CHECK(std::set<std::string>(names.begin(), names.end()) == expected);
}

TEST_CASE("the shape of a published version of a type never changes") {
  const auto listed = digests("schemas.txt");
  CHECK(listed.size() == event_types().size());
  for (const EventType& type : event_types()) {
    INFO(type.name);
    REQUIRE(listed.contains(name_of(type)));
    CHECK(sha256(event_schema(type)).hex() == listed.at(name_of(type)));
  }
}

TEST_CASE(
    "a golden event with any one byte taken out of its data is refused or means something else") {
  for (const std::string& name : vectors()) {
    const std::string bytes = read(folder() / name);
    const EventView view = view_of(bytes);
    const std::string data(view.data);
    for (std::size_t at = 0; at < data.size(); ++at) {
      std::string cut = data;
      cut.erase(at, 1);
      const auto decoded = decode_event(view.type, view.version, cut);
      if (!decoded) continue;
      INFO(name << " at byte " << at);
      REQUIRE(encode_data(*decoded) == cut);
      REQUIRE(cut != data);
    }
  }
}
