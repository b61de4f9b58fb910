#include "cli/import/derived_events.hpp"

#include "ledger/base/limits.hpp"
#include "ledger/format/json_archive.hpp"

namespace assay::cli {
namespace {

using import::JunitCase;
using import::JunitOutcome;

/// Room for one result in a submission, with everything around it.
constexpr std::size_t kMessageSizeBytes = 2'048;
constexpr std::size_t kAttemptsListed = 16;
constexpr std::size_t kPropertiesSizeBytes = 8'192;
constexpr std::size_t kSuitesListed = 24;
constexpr std::size_t kRemarksListed = 60;
constexpr std::size_t kRemarkSizeBytes = 240;

events::Outcome outcome_of(JunitOutcome outcome) {
  switch (outcome) {
    case JunitOutcome::passed: return events::Outcome::passed;
    case JunitOutcome::skipped: return events::Outcome::skipped;
    case JunitOutcome::error: return events::Outcome::error;
    case JunitOutcome::failed: return events::Outcome::failed;
  }
  return events::Outcome::not_completed;
}

/// A prefix that ends between two characters, marked where it was cut.
std::string shortened(std::string_view text, std::size_t size_max_bytes) {
  if (text.size() <= size_max_bytes) return std::string(text);
  std::size_t end = size_max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + " [cut: " + std::to_string(end) + " of " +
         std::to_string(text.size()) + " bytes]";
}

std::optional<std::string> message_of(const import::KeptText& message,
                                      const import::KeptText& text) {
  const import::KeptText& chosen = message.empty() ? text : message;
  if (chosen.empty()) return std::nullopt;
  return shortened(chosen.marked(), kMessageSizeBytes);
}

std::vector<events::Attempt> attempts_of(const JunitCase& found) {
  std::vector<events::Attempt> attempts;
  for (const import::JunitAttempt& attempt : found.attempts) {
    if (attempts.size() == kAttemptsListed) break;
    attempts.push_back({message_of(attempt.message, attempt.text), outcome_of(attempt.outcome)});
  }
  return attempts;
}

std::vector<events::NamedText> properties_of(const JunitCase& found) {
  std::vector<events::NamedText> properties;
  std::size_t size_bytes = 0;
  for (const import::JunitProperty& property : found.properties) {
    const std::string value = shortened(property.value.marked(), kMessageSizeBytes);
    size_bytes += property.name.size() + value.size();
    if (size_bytes > kPropertiesSizeBytes) {
      properties.push_back({"assay.properties", "more properties stand in the file"});
      break;
    }
    properties.push_back({property.name, value});
  }
  return properties;
}

Identifier code_of(std::string_view code) { return Identifier(std::string(code)); }

void append_notes(std::vector<events::ImportRemark>& remarks,
                  const std::vector<import::JunitNote>& notes) {
  for (const import::JunitNote& note : notes) {
    if (remarks.size() >= kRemarksListed) {
      remarks.push_back(
          {"more", notes.size(), std::nullopt, "further remarks are not listed here"});
      return;
    }
    remarks.push_back({code_of(note.code), note.count, file_position(note.first),
                       shortened(note.sentence, kRemarkSizeBytes)});
  }
}

std::vector<events::ImportRemark> repairs_of(const import::JunitSummary& summary) {
  std::vector<events::ImportRemark> remarks;
  for (const import::XmlMend& mend : summary.mends) {
    if (remarks.size() == kRemarksListed) {
      remarks.push_back({"more", summary.mends.size() - kRemarksListed, std::nullopt,
                         "further repairs of the same kinds"});
      break;
    }
    remarks.push_back({"repair", 1, file_position(mend.at),
                       shortened(mend.found + " → " + mend.put, kRemarkSizeBytes)});
  }
  return remarks;
}

}  // namespace

events::FilePosition file_position(const import::Position& at) {
  return {at.column, at.line, at.offset_bytes};
}

Identifier import_id(const ImportKey& key) {
  constexpr std::size_t kHexDigits = 32;
  return "imp-" + sha256(to_canonical(key)).hex().substr(0, kHexDigits);
}

events::ResultImported derived_result(const JunitCase& found, const ImportKey& key,
                                      const Identifier& id, std::uint64_t ordinal,
                                      std::optional<Identifier> item) {
  events::ResultImported result;
  if (!found.attempts.empty()) result.attempts = attempts_of(found);
  if (!found.classname.empty()) result.class_name = shortened(found.classname, kMessageSizeBytes);
  if (key.run_counter_first) result.counter = *key.run_counter_first + ordinal;
  // Beyond 2^53 ns (104 days) the raw text alone is kept.
  if (found.duration_ns && *found.duration_ns >= 0 && *found.duration_ns <= limits::kIntegerMax) {
    result.duration_ns = static_cast<std::uint64_t>(*found.duration_ns);
  }
  if (!found.time.empty()) result.duration_text = shortened(found.time, kRemarkSizeBytes);
  result.evidence = key.evidence;
  result.import = id;
  result.item = std::move(item);
  if (const import::JunitDetail* const detail = found.worst_detail()) {
    result.message = message_of(detail->message, detail->text);
  }
  result.name = shortened(found.name, kMessageSizeBytes);
  if (found.occurrence > 0) result.occurrence = found.occurrence;
  result.ordinal = ordinal;
  result.outcome = outcome_of(found.outcome);
  result.position = file_position(found.at);
  if (!found.properties.empty()) result.properties = properties_of(found);
  result.started_at = found.started_at();
  std::vector<std::string> suites;
  for (const std::string& suite : found.suite_path()) {
    if (suites.size() == kSuitesListed) {
      suites.back() = "… " + shortened(found.suite->name, kRemarkSizeBytes);
      break;
    }
    suites.push_back(shortened(suite, kRemarkSizeBytes));
  }
  if (!suites.empty()) result.suites = std::move(suites);
  return result;
}

events::ImportFinishedV2 derived_receipt(const import::JunitSummary& summary, const Identifier& id,
                                         const events::ResultCounts& counts) {
  events::ImportFinishedV2 receipt;
  receipt.counts = counts;
  receipt.declared = {summary.declared.tests, summary.declared.errors, summary.declared.failures,
                      summary.declared.skipped};
  receipt.elements = {summary.elements.cases, summary.elements.errors, summary.elements.failures,
                      summary.elements.passed, summary.elements.skipped};
  receipt.import = id;
  append_notes(receipt.readings, summary.readings);
  receipt.repairs = repairs_of(summary);
  receipt.result_count = counts.cases;
  append_notes(receipt.warnings, summary.warnings);
  append_notes(receipt.warnings, summary.cannot_tell);
  return receipt;
}

}  // namespace assay::cli
