#include "cli/monitor/observation.hpp"

#include <fmt/format.h>

namespace assay::cli {
namespace {

double seconds_of(const Timestamp& time) { return static_cast<double>(time.us) / 1e6; }

/// A label's value: backslash, quote and line feed are escaped, and nothing else.
std::string label(std::string_view value) {
  std::string escaped;
  for (const char byte : value) {
    if (byte == '\\' || byte == '"') escaped += '\\';
    if (byte == '\n') {
      escaped += "\\n";
    } else {
      escaped += byte;
    }
  }
  return escaped;
}

class Metrics {
 public:
  explicit Metrics(const Observation& seen)
      : log_(fmt::format("log=\"{}\",origin=\"{}\"", label(seen.log), label(seen.origin))) {}

  void describe(std::string_view name, std::string_view help) {
    text_ += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n", name, help);
  }
  void value(std::string_view name, double value, const std::string& labels = {}) {
    text_ += fmt::format("{}{{{}{}{}}} {}\n", name, log_, labels.empty() ? "" : ",", labels, value);
  }
  void one(std::string_view name, std::string_view help, double value) {
    describe(name, help);
    this->value(name, value);
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string log_;
  std::string text_;
};

void add_claims(Metrics& metrics, const Observation& seen) {
  if (!seen.verdicts) return;
  metrics.describe("assay_claim", "What the verifier answered: 1 for the verdict of each claim.");
  for (std::size_t claim = 0; claim < verify::kClaims; ++claim) {
    metrics.value(
        "assay_claim", 1,
        fmt::format("claim=\"{}\",verdict=\"{}\"", enum_text(static_cast<verify::Claim>(claim)),
                    enum_text((*seen.verdicts)[claim])));
  }
}

void add_findings(Metrics& metrics, const Observation& seen) {
  metrics.describe("assay_findings", "Findings of the programme's rules, by rule.");
  for (const FindingCount& rule : seen.findings) {
    const std::string labels =
        fmt::format("rule=\"{}\",severity=\"{}\"", label(rule.rule), label(rule.severity));
    metrics.value("assay_findings", static_cast<double>(rule.standing),
                  labels + ",waived=\"false\"");
    metrics.value("assay_findings", static_cast<double>(rule.waived), labels + ",waived=\"true\"");
  }
}

}  // namespace

std::string prometheus_text(const Observation& seen) {
  Metrics metrics(seen);
  metrics.one("assay_verify_ok", "1 if the last run looked and found nothing wrong.",
              seen.exit_code == 0 ? 1 : 0);
  metrics.one("assay_exit_code", "Exit code of the last run: from 10 the evidence is at fault.",
              seen.exit_code);
  metrics.one("assay_last_run_timestamp_seconds", "When the monitor ran last.",
              seconds_of(seen.ran_at));
  metrics.one("assay_run_seconds", "How long the last run took.",
              static_cast<double>(seen.run_ms) / 1000);
  if (seen.last_success) {
    metrics.one("assay_last_success_timestamp_seconds", "When a run found nothing wrong last.",
                seconds_of(*seen.last_success));
  }
  metrics.one("assay_entries", "Entries of the log that are verified.",
              static_cast<double>(seen.entries));
  metrics.one("assay_new_entries", "Entries that came since the pin of the run before.",
              static_cast<double>(seen.new_entries));
  if (seen.newest) {
    metrics.one("assay_newest_entry_timestamp_seconds", "When the newest entry was recorded.",
                seconds_of(*seen.newest));
  }
  add_claims(metrics, seen);
  add_findings(metrics, seen);
  return std::move(metrics).text();
}

}  // namespace assay::cli
