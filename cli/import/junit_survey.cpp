#include "cli/import/junit_survey.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "cli/import/junit_limits.hpp"
#include "cli/import/junit_text.hpp"
#include "cli/import/junit_verdict.hpp"
#include "cli/import/visible.hpp"

namespace assay::import {
namespace {

constexpr std::string_view kTeardownWords = "failed on teardown with ";

/// The hash of parts that cannot run into each other.
Hash joined_hash(const Hash& around, std::string_view first, std::string_view second) {
  const std::string sizes = fmt::format("{},{},", first.size(), second.size());
  return sha256({around.view(), sizes, first, second});
}

std::uint64_t title_hash(std::string_view title) {
  const Hash hash = sha256(title);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | hash.bytes[i];
  return value;
}

bool is_todo(const JunitCase& found) {
  return std::ranges::any_of(found.details, [](const JunitDetail& d) {
    return d.outcome == JunitOutcome::skipped && expects_failure(d);
  });
}

}  // namespace

JunitSurvey::JunitSurvey(const ZoneResolver& zone, bool repair)
    : document_(*this, zone, passing_notes_), xml_(document_, repair), repair_(repair) {}

Status JunitSurvey::feed(std::string_view bytes) {
  digest_.update(bytes);
  size_bytes_ += bytes.size();
  return xml_.feed(bytes);
}

Result<JunitPlan> JunitSurvey::finish() {
  ASSAY_CHECK(xml_.finish());
  JunitPlan plan;
  plan.dialect = clues_.dialect();
  plan.elements = document_.elements();
  if (plan.dialect.name == "node-test") settle_node();
  if (plan.dialect.name == "boost-test") settle_boost();
  std::ranges::sort(exceptions_, {}, &CaseException::element);
  std::ranges::sort(merges_, {}, &CaseMerge::element);
  plan.exceptions = std::move(exceptions_);
  plan.merges = std::move(merges_);
  settle_repeats(plan);
  plan.cannot_tell = cannot_tell_.take();
  plan.size_bytes = size_bytes_;
  plan.sha256_hex = digest_.finish_hex();
  plan.repaired = repair_;
  return plan;
}

void JunitSurvey::on_tag(std::string_view name, std::span<const XmlAttribute> attributes) {
  clues_.note_tag(name, attributes);
}

Status JunitSurvey::on_suite_start(const std::shared_ptr<const JunitSuite>& suite) {
  const Hash around = open_.empty() ? Hash{} : open_.back().identity;
  open_.emplace_back();
  open_.back().identity = joined_hash(around, suite->name, suite->hostname);
  if (open_.size() == 1 && suite->declared.any())
    boost_declared_ = suite->declared.failures.value_or(0) + suite->declared.errors.value_or(0);
  return {};
}

Status JunitSurvey::on_case(JunitCase&& found) {
  clues_.note_case(found);
  OpenSuite& suite = open_.back();
  Brief brief;
  brief.element = found.element;
  brief.leading_number = leading_number(found.name);
  brief.duration_ns = found.duration_ns.value_or(0);
  brief.childless = found.details.empty() && found.attempts.empty() && !stated_outcome(found);
  brief.says_todo = holds_word(found.name, "todo");
  brief.load_failure = is_load_failure_of_jest(found) || is_pseudo_case(found, JunitDialect{});
  suite.cases.push_back(brief);
  if (brief.childless && found.classname == "test") node_childless_.push_back(brief);

  Recent recent;
  recent.element = found.element;
  recent.identity = joined_hash(suite.identity, found.classname, found.name);
  recent.outcome = found.outcome;
  recent.never_started = found.timestamp.kind == StampKind::placeholder;
  recent.load_failure = is_load_failure_of_jest(found);
  recent.teardown_failed =
      found.details.size() == 1 && found.details.front().message.value.starts_with(kTeardownWords);
  identities_.push_back({recent.identity, found.element, found.outcome});
  look_for_merge(suite, recent);
  note_titles(suite, found);
  note_boost(found);
  if (found.outcome >= JunitOutcome::error && !is_todo(found)) {
    suite.bad = true;
    ++broken_leaves_;
  }
  return {};
}

/// One test leaves two elements where its body failed and its teardown too (pytest), where a
/// fixture failed beside the body (unittest's runners give one of the two no time of its own, or no
/// times at all), or where a file did not load (jest-junit).
void JunitSurvey::look_for_merge(OpenSuite& suite, const Recent& later) {
  const bool pyjunitxml =
      !clues_.root_is_container() && clues_.suite() == "errors failures name tests time";
  const auto belongs = [&](const Recent& earlier) {
    if (earlier.identity != later.identity) return false;
    if (later.teardown_failed) return earlier.outcome == JunitOutcome::failed;
    if (later.load_failure) return earlier.load_failure && earlier.element + 1 == later.element;
    const bool both_speak =
        earlier.outcome != JunitOutcome::passed && later.outcome != JunitOutcome::passed;
    if (pyjunitxml)
      return both_speak && earlier.outcome != later.outcome && earlier.element + 1 == later.element;
    return both_speak && earlier.never_started != later.never_started;
  };
  const auto earlier = std::find_if(suite.recent.rbegin(), suite.recent.rend(), belongs);
  if (earlier != suite.recent.rend()) {
    merges_.push_back({later.element, earlier->element});
    return;  // a third element belongs to the first one too
  }
  suite.recent.push_back(later);
  if (suite.recent.size() > limits::kMergeWindowCases) suite.recent.pop_front();
}

void JunitSurvey::note_titles(OpenSuite& suite, const JunitCase& found) {
  if (clues_.suite() != "name timestamp hostname tests failures errors skipped time") return;
  constexpr std::string_view kBetween = " > ";
  for (auto at = found.name.find(kBetween); at != std::string::npos;
       at = found.name.find(kBetween, at + 1))
    suite.titles_around.insert(title_hash(std::string_view(found.name).substr(0, at)));
  if (found.outcome >= JunitOutcome::error)
    suite.broken.emplace_back(found.element, title_hash(found.name));
}

void JunitSurvey::note_boost(const JunitCase& found) {
  if (found.outcome < JunitOutcome::error) return;
  if (found.system_err.value.find("Failures detected in:") != std::string::npos) {
    ++boost_counted_;
  } else {
    boost_uncounted_.push_back(found.element);
  }
}

void JunitSurvey::on_suite_output(std::string_view text) { open_.back().tap.feed(text); }

void JunitSurvey::on_comment(std::string_view text) { clues_.note_comment(text); }

void JunitSurvey::on_suite_fault(const JunitDetail& fault, const Position& at) {
  const KeptText& words = fault.message.empty() ? fault.text : fault.message;
  cannot_tell_.add("suite-fault",
                   fmt::format("a suite carries a <{}> outside any case: {}",
                               visible(fault.element, 40), quoted(words.value)),
                   at);
}

Status JunitSurvey::on_suite_end(const std::shared_ptr<const JunitSuite>& suite) {
  OpenSuite open = std::move(open_.back());
  open_.pop_back();
  settle_tap(open, *suite);
  settle_jest(open, *suite);
  settle_vitest(open);
  if (!open.bad && !suite->container) ++good_suites_;
  if (open.bad && !open_.empty()) open_.back().bad = true;
  return {};
}

}  // namespace assay::import
