#include "cli/render/import_text.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

Json counts_json(const import::JunitResults& results) {
  return {{"cases", results.cases},
          {"passed", results.passed},
          {"failed", results.failed},
          {"errors", results.errors},
          {"skipped", results.skipped}};
}

Json elements_json(const import::JunitElements& elements) {
  return {{"suites", elements.suites},         {"cases", elements.cases},
          {"passed", elements.passed},         {"failures", elements.failures},
          {"errors", elements.errors},         {"skipped", elements.skipped},
          {"flaky", elements.flaky},           {"rerun", elements.rerun},
          {"properties", elements.properties}, {"system_out", elements.system_out},
          {"system_err", elements.system_err}, {"depth", elements.depth}};
}

Json position_json(const import::Position& at) {
  return {{"offset", at.offset_bytes}, {"line", at.line}, {"column", at.column}};
}

Json notes_json(const std::vector<import::JunitNote>& notes) {
  Json json = Json::array();
  for (const import::JunitNote& note : notes) {
    json.push_back({{"code", note.code},
                    {"sentence", note.sentence},
                    {"count", note.count},
                    {"first", position_json(note.first)}});
  }
  return json;
}

void print_notes(const Run& run, const std::vector<import::JunitNote>& notes, const char* mark) {
  for (const import::JunitNote& note : notes) {
    const std::string times = note.count > 1 ? fmt::format(" ({} times)", note.count) : "";
    run.out.line(
        fmt::format("  {} {}{}, line {}", mark, shown(note.sentence), times, note.first.line));
  }
}

}  // namespace

Json summary_json(const import::JunitSummary& summary) {
  Json repairs = Json::array();
  for (const import::XmlMend& mend : summary.mends) {
    Json repair = position_json(mend.at);
    repair["found"] = mend.found;
    repair["put"] = mend.put;
    repairs.push_back(std::move(repair));
  }
  return {{"dialect",
           {{"name", summary.dialect.name},
            {"certain", summary.dialect.certain},
            {"marks", summary.dialect.marks}}},
          {"elements", elements_json(summary.elements)},
          {"results", counts_json(summary.results)},
          {"readings", notes_json(summary.readings)},
          {"warnings", notes_json(summary.warnings)},
          {"cannot_tell", notes_json(summary.cannot_tell)},
          {"repairs", std::move(repairs)}};
}

void print_summary(const Run& run, const std::string& file, const import::JunitSummary& summary) {
  const import::JunitResults& results = summary.results;
  run.out.line(fmt::format("{}  {}{}", run.out.bold(shown(file)), summary.dialect.name,
                           summary.dialect.certain ? "" : " (probably)"));
  run.out.line(fmt::format("  {} result{}: {} passed, {} failed, {} errors, {} skipped",
                           results.cases, results.cases == 1 ? "" : "s", results.passed,
                           results.failed, results.errors, results.skipped));
  print_notes(run, summary.readings, "read:");
  print_notes(run, summary.warnings, run.out.yellow("warning:").c_str());
  print_notes(run, summary.cannot_tell, run.out.yellow("not in the report:").c_str());
  constexpr std::size_t kRepairsShown = 8;
  for (std::size_t i = 0; i < std::min(summary.mends.size(), kRepairsShown); ++i) {
    const import::XmlMend& mend = summary.mends[i];
    run.out.line(fmt::format("  repaired: line {} column {}: {} → {}", mend.at.line, mend.at.column,
                             mend.found, mend.put));
  }
  if (summary.mends.size() > kRepairsShown) {
    run.out.line(fmt::format("  repaired: {} more places", summary.mends.size() - kRepairsShown));
  }
}

}  // namespace assay::cli
