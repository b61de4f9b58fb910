#include "cli/monitor/memory.hpp"

#include <nlohmann/json.hpp>

namespace assay::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "assay.monitor-memory/1";

Json finding_json(const FindingCount& rule) {
  return {{"rule", rule.rule},
          {"severity", rule.severity},
          {"standing", rule.standing},
          {"waived", rule.waived}};
}

}  // namespace

std::string format_memory(const MonitorMemory& memory) {
  Json findings = Json::array();
  for (const FindingCount& rule : memory.findings) findings.push_back(finding_json(rule));
  const Json json = {{"schema", kSchema},
                     {"origin", memory.origin},
                     {"size", memory.head.size},
                     {"root", memory.head.root.hex()},
                     {"last_success", memory.last_success.text()},
                     {"newest", memory.newest.text()},
                     {"findings", std::move(findings)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<MonitorMemory> parse_memory(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("schema") != kSchema) return std::nullopt;
    const auto root = Hash::from_hex(json.at("root").get<std::string>());
    const auto last_success = Timestamp::parse(json.at("last_success").get<std::string>());
    const auto newest = Timestamp::parse(json.at("newest").get<std::string>());
    if (!root || !last_success || !newest) return std::nullopt;
    MonitorMemory memory{{json.at("size").get<std::uint64_t>(), *root},
                         json.at("origin").get<std::string>(),
                         *last_success,
                         *newest,
                         {}};
    for (const Json& rule : json.at("findings")) {
      memory.findings.push_back(
          {rule.at("rule").get<std::string>(), rule.at("severity").get<std::string>(),
           rule.at("standing").get<std::uint64_t>(), rule.at("waived").get<std::uint64_t>()});
    }
    return memory;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace assay::cli
