#include "cli/import/junit_reader.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "cli/import/junit_limits.hpp"
#include "cli/import/visible.hpp"

namespace assay::import {
namespace {

template <class Entry>
const Entry* find_element(const std::vector<Entry>& sorted, std::uint64_t element) noexcept {
  const auto found = std::ranges::lower_bound(sorted, element, {}, &Entry::element);
  return found == sorted.end() || found->element != element ? nullptr : &*found;
}

std::size_t weight_of(const JunitCase& found) noexcept {
  std::size_t bytes = found.name.size() + found.classname.size() + found.system_out.value.size() +
                      found.system_err.value.size();
  for (const JunitDetail& d : found.details)
    bytes += d.type.value.size() + d.message.value.size() + d.text.value.size();
  for (const JunitAttempt& a : found.attempts)
    bytes += a.type.value.size() + a.message.value.size() + a.text.value.size();
  for (const JunitProperty& p : found.properties) bytes += p.name.size() + p.value.value.size();
  for (const JunitAttribute& a : found.attributes) bytes += a.name.size() + a.value.size();
  return bytes;
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

JunitReader::JunitReader(const JunitOptions& options, const JunitPlan& plan, JunitSink& sink)
    : plan_(plan),
      sink_(sink),
      scopes_(plan.dialect, warnings_, readings_, cannot_tell_),
      document_(*this, options.zone, warnings_),
      xml_(document_, plan.repaired) {
  for (const CaseMerge& merge : plan.merges) awaiting_.push_back(merge.earlier);
  std::ranges::sort(awaiting_);
}

Status JunitReader::feed(std::string_view bytes) {
  digest_.update(bytes);
  size_bytes_ += bytes.size();
  return xml_.feed(bytes);
}

Status JunitReader::on_suite_start(const std::shared_ptr<const JunitSuite>& suite) {
  if (open_.empty()) root_duration_ns_ = suite->duration_ns;
  open_.emplace_back();
  scopes_.open();
  return {};
}

Status JunitReader::on_suite_end(const std::shared_ptr<const JunitSuite>& suite) {
  note_ledger(*suite, open_.back());
  open_.pop_back();
  scopes_.close(*suite);
  return {};
}

Status JunitReader::on_case(JunitCase&& found) {
  OpenSuite& open = open_.back();
  if (!open.has_case) {
    open.has_case = true;
    open.properties_at_first_case = found.suite->properties.size();
  }
  scopes_.add_element(found);
  const CaseException* exception = find_element(plan_.exceptions, found.element);
  const Verdict verdict =
      judge(found, plan_.dialect, exception == nullptr ? CaseFate::ordinary : exception->fate);
  judge_case(found, verdict);
  if (verdict.left_out) return {};
  if (merge(found, verdict.outcome)) return release(false);
  found.outcome = verdict.outcome;
  scopes_.add_result(found.outcome);
  if (plan_.dialect.name == "playwright") found.variant = found.suite->hostname;
  note_repeat(found);
  return hold(std::move(found));
}

void JunitReader::judge_case(JunitCase& found, const Verdict& verdict) {
  for (const std::string_view code : verdict.readings) {
    readings_.add(code, std::string(sentence_of(code)), found.at);
    found.readings.push_back(code);
  }
  for (const std::string_view code : verdict.warnings) {
    warnings_.add(code, std::string(sentence_of(code)), found.at);
    found.readings.push_back(code);
  }
}

void JunitReader::note_repeat(JunitCase& found) {
  const CaseRepeat* repeat = find_element(plan_.repeats, found.element);
  if (repeat == nullptr) return;
  found.occurrence = repeat->occurrence;
  found.occurrences = repeat->occurrences;
  if (repeat->occurrence > 0) return;
  if (repeat->conflicting) {
    warnings_.add(
        "conflicting-verdicts",
        fmt::format("{} cases are all called {} (class {}), and their verdicts differ; all "
                    "are kept, in order",
                    repeat->occurrences, quoted(found.name, 80), quoted(found.classname, 60)),
        found.at);
  } else {
    readings_.add("repeated-names",
                  "cases of one suite share class and name; all are kept, in order", found.at,
                  repeat->occurrences);
  }
}

/// True where `later` was added to the case that it belongs to.
bool JunitReader::merge(JunitCase& later, JunitOutcome outcome) {
  const CaseMerge* planned = find_element(plan_.merges, later.element);
  if (planned == nullptr) return false;
  const auto held = std::ranges::find_if(
      held_, [&](const Held& h) { return h.found.element == planned->earlier; });
  if (held == held_.end()) {
    warnings_.add("merge-too-far",
                  "two elements of one test stand too far apart; they are two cases", later.at);
    later.occurrence = 1;
    later.occurrences = 2;
    return false;
  }
  JunitCase& found = held->found;
  const bool load = is_load_failure_of_jest(later);
  const std::string_view code = load ? "merged-load-failure" : "merged-elements";
  readings_.add(code, std::string(sentence_of(code)), later.at);
  found.readings.push_back(code);
  const JunitOutcome worst = std::max(found.outcome, outcome);
  scopes_.change_result(found.outcome, worst);
  found.outcome = worst;
  append(found.details, later.details);
  append(found.attempts, later.attempts);
  append(found.properties, later.properties);
  found.details_left_out += later.details_left_out;
  found.attempts_left_out += later.attempts_left_out;
  if (found.timestamp.kind == StampKind::placeholder && later.timestamp.at)
    found.timestamp = std::move(later.timestamp);
  if (found.system_out.empty()) found.system_out = std::move(later.system_out);
  if (found.system_err.empty()) found.system_err = std::move(later.system_err);
  --held->awaited;
  return true;
}

Status JunitReader::hold(JunitCase&& found) {
  const auto awaited = std::ranges::equal_range(awaiting_, found.element);
  if (awaited.empty() && held_.empty()) {
    found.ordinal = next_ordinal_++;
    return sink_.on_case(found);
  }
  const std::size_t weight = weight_of(found);
  held_bytes_ += weight;
  held_.push_back({std::move(found), weight, awaited.size()});
  const bool full =
      held_.size() > limits::kMergeWindowCases || held_bytes_ > limits::kHeldBackSizeBytes;
  return release(full);
}

/// Hands out from the front what waits for nothing; with `all`, everything.
Status JunitReader::release(bool all) {
  while (!held_.empty() && (all || held_.front().awaited == 0)) {
    Held held = std::move(held_.front());
    held_.pop_front();
    held_bytes_ -= held.size_bytes;
    held.found.ordinal = next_ordinal_++;
    ASSAY_CHECK(sink_.on_case(held.found));
  }
  return {};
}

void JunitReader::note_ledger(const JunitSuite& suite, const OpenSuite& open) {
  for (std::size_t i = 0; i < suite.properties.size(); ++i) {
    const JunitProperty& property = suite.properties[i];
    if (!property.name.starts_with("ledger.")) continue;
    const bool conflict = std::ranges::any_of(suite.properties, [&](const JunitProperty& other) {
      return other.name == property.name && other.value.value != property.value.value;
    });
    if (conflict)
      warnings_.add("ledger-property-conflict",
                    fmt::format("{} gives {} more than one value", scope_name(suite),
                                visible(property.name, 60)),
                    suite.at);
    if (open.has_case && i >= open.properties_at_first_case)
      warnings_.add(
          "ledger-property-late",
          fmt::format("{} stands behind the first case of {}: cases before it do not have it",
                      visible(property.name, 60), scope_name(suite)),
          suite.at);
    ledger_.push_back({property.name, property.value.value, scope_name(suite), suite.at});
  }
}

Result<JunitSummary> JunitReader::finish() {
  ASSAY_CHECK(xml_.finish());
  ASSAY_CHECK(release(true));
  if (size_bytes_ != plan_.size_bytes || digest_.finish_hex() != plan_.sha256_hex)
    return fail(Errc::internal, "the report changed between the two passes over it",
                "read it from the stored evidence, which does not change");
  JunitSummary summary;
  summary.elements = document_.elements();
  summary.results = scopes_.total();
  summary.dialect = plan_.dialect;
  if (summary.results.cases == 0)
    warnings_.add("no-cases", "the report holds no case at all: it shows nothing passed",
                  Position{});
  summary.readings = readings_.take();
  summary.warnings = warnings_.take();
  summary.cannot_tell = plan_.cannot_tell;
  std::vector<JunitNote> declared = cannot_tell_.take();
  append(summary.cannot_tell, declared);
  summary.counters = scopes_.take_counters();
  summary.declared = scopes_.declared();
  summary.counters_left_out = scopes_.counters_left_out();
  summary.ledger = std::move(ledger_);
  summary.mends = xml_.mends();
  summary.duration_ns = root_duration_ns_;
  summary.size_bytes = size_bytes_;
  return summary;
}

}  // namespace assay::import
