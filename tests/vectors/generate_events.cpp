// Writes the golden vector of every type of event that has none yet: `<type>.v<version>.json` with
// every optional member, `….min.json` without them where there are any, and their digests. Nothing
// that is there is ever written again: these bytes are what logs hold.
//
//   generate_events_vectors tests/vectors/events

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "ledger/events/catalogue.hpp"
#include "tests/vectors/sample_archive.hpp"

namespace {

using namespace assay;
namespace fs = std::filesystem;

template <std::size_t... I>
std::vector<EventData> samples(bool full, std::index_sequence<I...>) {
  std::vector<EventData> all;
  (all.emplace_back(testing::sample<std::variant_alternative_t<I, AnyEvent>>(full)), ...);
  return all;
}

std::vector<EventData> samples(bool full) {
  return samples(full, std::make_index_sequence<std::variant_size_v<AnyEvent>>());
}

/// Adds `line` to `file` unless the file has a line that ends in `name`.
bool add_line(const fs::path& file, const std::string& digest, const std::string& name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with("  " + name)) return true;
  }
  std::ofstream out(file, std::ios::app | std::ios::binary);
  out << digest << "  " << name << "\n";
  return out.good();
}

bool write_new(const fs::path& folder, const std::string& name, const std::string& bytes) {
  if (fs::exists(folder / name)) return true;
  std::ofstream out(folder / name, std::ios::binary);
  out << bytes;
  out.close();
  std::printf("wrote %s\n", name.c_str());
  return out.good() && add_line(folder / "digests.txt", sha256(bytes).hex(), name);
}

bool write_type(const fs::path& folder, const EventData& full, const EventData& least) {
  const Timestamp at = Timestamp::parse("2019-11-12T10:05:00.000000Z").value();
  const EventType& type = type_of(full);
  const std::string name = std::string(type.name) + ".v" + std::to_string(type.version);
  const std::string bytes = encode_event(full, at);
  const std::string least_bytes = encode_event(least, at);
  return write_new(folder, name + ".json", bytes) &&
         (least_bytes == bytes || write_new(folder, name + ".min.json", least_bytes)) &&
         add_line(folder / "schemas.txt", sha256(event_schema(type)).hex(), name);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s <folder>\n", argv[0]);
    return 2;
  }
  const std::vector<EventData> full = samples(true);
  const std::vector<EventData> least = samples(false);
  for (std::size_t i = 0; i < full.size(); ++i) {
    if (!write_type(argv[1], full[i], least[i])) {
      std::fprintf(stderr, "cannot write into %s\n", argv[1]);
      return 1;
    }
  }
  return 0;
}
