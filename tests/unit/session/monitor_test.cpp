// What the monitor tells Prometheus, and what it remembers.

#include <catch2/catch.hpp>

#include "cli/monitor/memory.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

Timestamp at(const char* text) { return Timestamp::parse(text).value(); }

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

Observation seen_well() {
  Observation seen;
  seen.log = "https://log.example/";
  seen.origin = "log.example/ledger";
  seen.ran_at = at("2019-11-12T10:00:00.500000Z");
  seen.run_ms = 1'250;
  seen.entries = 41;
  seen.new_entries = 3;
  seen.newest = at("2019-11-12T09:00:00.000000Z");
  seen.last_success = seen.ran_at;
  seen.findings = {{"Q-DOWN", "major", 2, 1}};
  seen.verdicts.emplace();
  seen.verdicts->fill(verify::Verdict::proved);
  return seen;
}

}  // namespace

TEST_CASE("metrics say what was seen, each under the log's name", "[monitor]") {
  const std::string text = prometheus_text(seen_well());
  const std::string log = R"(log="https://log.example/",origin="log.example/ledger")";
  CHECK(has_line(text, "assay_verify_ok{" + log + "} 1"));
  CHECK(has_line(text, "assay_exit_code{" + log + "} 0"));
  CHECK(has_line(text, "assay_entries{" + log + "} 41"));
  CHECK(has_line(text, "assay_new_entries{" + log + "} 3"));
  CHECK(has_line(text, "assay_run_seconds{" + log + "} 1.25"));
  CHECK(has_line(text, "assay_newest_entry_timestamp_seconds{" + log + "} 1573549200"));
  CHECK(has_line(text, "assay_last_run_timestamp_seconds{" + log + "} 1573552800.5"));
  CHECK(has_line(text, "assay_claim{" + log + R"(,claim="tree",verdict="proved"} 1)"));
  CHECK(has_line(text,
                 "assay_findings{" + log + R"(,rule="Q-DOWN",severity="major",waived="false"} 2)"));
  CHECK(has_line(text,
                 "assay_findings{" + log + R"(,rule="Q-DOWN",severity="major",waived="true"} 1)"));
}

TEST_CASE("a run that could not look says no verdict and is not well", "[monitor]") {
  Observation seen = seen_well();
  seen.exit_code = 16;
  seen.verdicts.reset();
  const std::string text = prometheus_text(seen);
  CHECK(
      text.find("assay_verify_ok{log=\"https://log.example/\",origin=\"log.example/ledger\"} 0") !=
      std::string::npos);
  CHECK(text.find("assay_claim") == std::string::npos);
}

TEST_CASE("a name from outside cannot break out of its label", "[monitor]") {
  Observation seen = seen_well();
  seen.log = "a\"} 1\nassay_verify_ok{x=\"\\";
  const std::string text = prometheus_text(seen);
  CHECK(has_line(text, R"(assay_exit_code{log="a\"} 1\nassay_verify_ok{x=\"\\",)"
                       R"(origin="log.example/ledger"} 0)"));
}

TEST_CASE("what a monitor remembers is read back, and anything else is not", "[monitor]") {
  const MonitorMemory memory{{41, sha256("root")},
                             "log.example/ledger",
                             at("2019-11-12T10:00:00.000000Z"),
                             at("2019-11-12T09:00:00.000000Z"),
                             {{"Q-DOWN", "major", 2, 1}}};
  const std::string text = format_memory(memory);
  const auto read = parse_memory(text);
  REQUIRE(read);
  CHECK(format_memory(*read) == text);
  CHECK(read->head.root == memory.head.root);
  CHECK(read->findings.at(0).standing == 2);
  CHECK_FALSE(parse_memory(""));
  CHECK_FALSE(parse_memory("{}"));
  for (std::size_t cut = 1; cut < text.size() - 1; ++cut) {
    CHECK_FALSE(parse_memory(text.substr(0, cut)));
  }
  std::string other_kind = text;
  other_kind.replace(other_kind.find("41"), 2, "\"\"");
  CHECK_FALSE(parse_memory(other_kind));
}
