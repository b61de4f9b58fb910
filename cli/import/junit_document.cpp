#include "cli/import/junit_document.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "cli/import/junit_limits.hpp"
#include "cli/import/junit_text.hpp"
#include "cli/import/seconds.hpp"
#include "cli/import/visible.hpp"

namespace assay::import {

enum class JunitDocument::Tag : std::uint8_t {
  testsuites,
  testsuite,
  testcase,
  failure,
  error,
  skipped,
  other_error,  ///< names that one tool uses: counted as no element, read as an error
  other_skip,   ///< likewise, read as a skip
  flaky_failure,
  flaky_error,
  rerun_failure,
  rerun_error,
  stack_trace,
  system_out,
  system_err,
  properties,
  property,
  unknown,
};

JunitDocument::Tag JunitDocument::tag_of(std::string_view name) noexcept {
  using Named = std::pair<std::string_view, Tag>;
  static constexpr std::array<Named, 23> kTags = {{
      {"testsuites", Tag::testsuites},
      {"testsuite", Tag::testsuite},
      {"testcase", Tag::testcase},
      {"failure", Tag::failure},
      {"error", Tag::error},
      {"skipped", Tag::skipped},
      {"flakyFailure", Tag::flaky_failure},
      {"flakyError", Tag::flaky_error},
      {"rerunFailure", Tag::rerun_failure},
      {"rerunError", Tag::rerun_error},
      {"stackTrace", Tag::stack_trace},
      {"system-out", Tag::system_out},
      {"system-err", Tag::system_err},
      {"properties", Tag::properties},
      {"property", Tag::property},
      {"warning", Tag::other_error},
      {"internalError", Tag::other_error},
      {"skip", Tag::other_skip},
      {"ignored", Tag::other_skip},
      {"disabled", Tag::other_skip},
      {"pending", Tag::other_skip},
      {"incomplete", Tag::other_skip},
      {"not-run", Tag::other_skip},
  }};
  const auto found = std::ranges::find(kTags, name, &Named::first);
  return found == kTags.end() ? Tag::unknown : found->second;
}

JunitOutcome element_outcome(const JunitCase& found) noexcept {
  JunitOutcome worst = JunitOutcome::passed;
  for (const JunitDetail& detail : found.details) {
    const bool plain =
        detail.element == "failure" || detail.element == "error" || detail.element == "skipped";
    if (plain) worst = std::max(worst, detail.outcome);
  }
  return worst;
}

JunitDocument::JunitDocument(JunitDocumentSink& sink, const ZoneResolver& zone,
                             JunitNotes& warnings)
    : sink_(sink), zone_(zone), warnings_(warnings) {}

Status JunitDocument::on_start(std::string_view name, std::span<const XmlAttribute> attributes,
                               const Position& at) {
  const auto colon = name.rfind(':');
  const std::string_view local = colon == std::string_view::npos ? name : name.substr(colon + 1);
  const Tag tag = tag_of(local);
  at_ = at;
  if (colon != std::string_view::npos && tag != Tag::unknown) note_namespace(name, at);
  if (frames_.empty()) {
    ASSAY_CHECK(check_root(tag, name, at));
    for (const XmlAttribute& a : attributes)
      if (a.name == "xmlns") note_namespace(a.value, at);
  }
  sink_.on_tag(local, attributes);
  Frame frame{tag, Target::ignored};
  ASSAY_CHECK(open(frame, local, attributes, at));
  frames_.push_back(frame);
  return {};
}

void JunitDocument::note_namespace(std::string_view name, const Position& at) {
  warnings_.add("namespaced",
                fmt::format("elements stand in a namespace ({}), which no known tool writes; they "
                            "are read by their local names",
                            visible(name, 80)),
                at);
}

Status JunitDocument::check_root(Tag tag, std::string_view name, const Position& at) const {
  if (tag == Tag::testsuites || tag == Tag::testsuite) return {};
  return fail(Errc::malformed,
              fmt::format("not a JUnit report: the root element is <{}>, not <testsuites> or "
                          "<testsuite>, at {}",
                          visible(name, 80), place(at)));
}

JunitOutcome JunitDocument::outcome_of(Tag tag) const noexcept {
  switch (tag) {
    case Tag::failure:
    case Tag::flaky_failure:
    case Tag::rerun_failure: return JunitOutcome::failed;
    case Tag::skipped:
    case Tag::other_skip: return JunitOutcome::skipped;
    default: return JunitOutcome::error;
  }
}

Status JunitDocument::open(Frame& frame, std::string_view name,
                           std::span<const XmlAttribute> attributes, const Position& at) {
  switch (frame.tag) {
    case Tag::testsuites:
    case Tag::testsuite:
      frame.target = Target::stray;
      return open_suite(frame.tag == Tag::testsuites, attributes, at);
    case Tag::testcase: frame.target = Target::stray; return open_case(attributes, at);
    case Tag::properties: frame.target = Target::stray; return {};
    case Tag::property: frame.target = Target::property; return open_property(attributes, at);
    case Tag::flaky_failure:
    case Tag::flaky_error:
      ++elements_.flaky;
      open_attempt(frame, name, attributes);
      return {};
    case Tag::rerun_failure:
    case Tag::rerun_error:
      ++elements_.rerun;
      open_attempt(frame, name, attributes);
      return {};
    case Tag::failure:
    case Tag::error:
    case Tag::skipped:
    case Tag::other_error:
    case Tag::other_skip: open_detail(frame, name, attributes); return {};
    case Tag::stack_trace: frame.target = attempt_open_ ? Target::trace : Target::detail; return {};
    case Tag::system_out:
    case Tag::system_err: open_output(frame); return {};
    case Tag::unknown: break;
  }
  warnings_.add("unknown-element",
                fmt::format("<{}> is no element of a JUnit report; what is inside it is read as if "
                            "it were not there",
                            visible(name, 80)),
                at);
  return {};
}

void JunitDocument::open_output(Frame& frame) {
  const bool out = frame.tag == Tag::system_out;
  ++(out ? elements_.system_out : elements_.system_err);
  // Within an attempt or a failure it is evidence, but no reading needs it.
  if (attempt_open_ || detail_open_) return;
  if (!case_) {
    if (out) frame.target = Target::suite_output;
    return;
  }
  frame.target = out ? Target::case_output : Target::case_error;
  KeptText& text = out ? case_->system_out : case_->system_err;
  if (!text.empty()) text.append("\n", limits::kOutputKeptBytes);
}

/// An outcome inside an outcome: no tool writes it. The outer one keeps the worse of the two.
bool JunitDocument::is_inside_another(Frame& frame, std::string_view name) {
  if (!detail_open_ && !attempt_open_) return false;
  if (detail_open_) detail_.outcome = std::max(detail_.outcome, outcome_of(frame.tag));
  frame = {Tag::unknown, detail_open_ ? Target::detail : Target::attempt};
  warnings_.add("outcome-inside-outcome",
                fmt::format("<{}> stands inside another outcome; both are read as one, the worse",
                            visible(name, 80)),
                at_);
  return true;
}

void JunitDocument::open_detail(Frame& frame, std::string_view name,
                                std::span<const XmlAttribute> attributes) {
  if (is_inside_another(frame, name)) return;
  frame.target = Target::detail;
  detail_open_ = true;
  detail_ = JunitDetail{};
  inner_at_ = at_;
  detail_.outcome = outcome_of(frame.tag);
  detail_.element = name;
  for (const XmlAttribute& a : attributes) {
    if (a.name == "type") detail_.type.append(a.value, limits::kMessageKeptBytes);
    if (a.name == "message") detail_.message.append(a.value, limits::kMessageKeptBytes);
  }
}

void JunitDocument::open_attempt(Frame& frame, std::string_view name,
                                 std::span<const XmlAttribute> attributes) {
  if (is_inside_another(frame, name)) return;
  frame.target = Target::attempt;
  attempt_open_ = true;
  attempt_ = JunitAttempt{};
  trace_ = KeptText{};
  attempt_.outcome = outcome_of(frame.tag);
  attempt_.element = name;
  for (const XmlAttribute& a : attributes) {
    if (a.name == "type") attempt_.type.append(a.value, limits::kMessageKeptBytes);
    if (a.name == "message") attempt_.message.append(a.value, limits::kMessageKeptBytes);
    if (a.name == "time") attempt_.time = a.value.substr(0, limits::kMessageKeptBytes);
    if (a.name == "timestamp") attempt_.timestamp = stamp(a.value, "a repeated run");
  }
  attempt_.duration_ns = duration(attempt_.time, "a repeated run");
}

Status JunitDocument::on_text(std::string_view text) {
  if (frames_.empty()) return {};
  switch (frames_.back().target) {
    case Target::detail: detail_.text.append(text, limits::kTextKeptBytes); break;
    case Target::attempt: attempt_.text.append(text, limits::kTextKeptBytes); break;
    case Target::trace: trace_.append(text, limits::kTextKeptBytes); break;
    case Target::property: property_text_.append(text, limits::kValueKeptBytes); break;
    case Target::case_output: case_->system_out.append(text, limits::kOutputKeptBytes); break;
    case Target::case_error: case_->system_err.append(text, limits::kOutputKeptBytes); break;
    case Target::suite_output: sink_.on_suite_output(text); break;
    case Target::ignored: break;
    case Target::stray:
      if (!is_blank(text))
        warnings_.add("stray-text", "text stands between the elements; it is part of no result",
                      at_);
      break;
  }
  return {};
}

Status JunitDocument::on_comment(std::string_view text) {
  sink_.on_comment(text);
  return {};
}

Status JunitDocument::on_end(std::string_view) {
  const Frame closed = frames_.back();
  frames_.pop_back();
  switch (closed.tag) {
    case Tag::testsuite: --suite_depth_; [[fallthrough]];
    case Tag::testsuites: {
      const std::shared_ptr<const JunitSuite> suite = std::move(suites_.back().suite);
      suites_.pop_back();
      return sink_.on_suite_end(suite);
    }
    case Tag::testcase: return close_case();
    case Tag::property: return close_property();
    case Tag::failure:
    case Tag::error:
    case Tag::skipped:
    case Tag::other_error:
    case Tag::other_skip: close_detail(); return {};
    case Tag::flaky_failure:
    case Tag::flaky_error:
    case Tag::rerun_failure:
    case Tag::rerun_error: close_attempt(); return {};
    default: return {};
  }
}

void JunitDocument::close_detail() {
  detail_open_ = false;
  if (!case_) {
    sink_.on_suite_fault(detail_, inner_at_);
  } else if (case_->details.size() < limits::kDetailsKept) {
    case_->details.push_back(std::move(detail_));
  } else {
    ++case_->details_left_out;
    // The verdict must not depend on what was left out: the last kept detail yields to a worse one.
    if (detail_.outcome > case_->worst_detail()->outcome)
      case_->details.back() = std::move(detail_);
  }
}

void JunitDocument::close_attempt() {
  attempt_open_ = false;
  if (!trace_.empty()) attempt_.text = std::move(trace_);
  if (!case_) {
    warnings_.add("stray-attempt", "a repeated run is reported outside any case", at_);
  } else if (case_->attempts.size() < limits::kDetailsKept) {
    case_->attempts.push_back(std::move(attempt_));
  } else {
    ++case_->attempts_left_out;
  }
}

void JunitDocument::count_case(JunitOutcome outcome) noexcept {
  ++elements_.cases;
  switch (outcome) {
    case JunitOutcome::passed: ++elements_.passed; break;
    case JunitOutcome::skipped: ++elements_.skipped; break;
    case JunitOutcome::error: ++elements_.errors; break;
    case JunitOutcome::failed: ++elements_.failures; break;
  }
}

Status JunitDocument::close_case() {
  JunitCase found = std::move(*case_);
  case_.reset();
  found.outcome = element_outcome(found);
  found.display_name = platform_display_name(found.system_out.value);
  count_case(found.outcome);
  if (elements_.cases > limits::kCasesPerFile)
    return fail(Errc::limit,
                fmt::format("more than {} cases, at {}", limits::kCasesPerFile, place(found.at)));
  return sink_.on_case(std::move(found));
}

std::optional<std::int64_t> JunitDocument::duration(const std::string& raw, std::string_view what) {
  if (raw.empty()) return std::nullopt;
  const Result<std::int64_t> parsed = parse_seconds(raw);
  if (parsed) return *parsed;
  warnings_.add("time-unusable",
                fmt::format("the time {} of {} cannot be used ({}): the duration is unknown",
                            quoted(raw, 40), what, parsed.error().message),
                at_);
  return std::nullopt;
}

Stamp JunitDocument::stamp(std::string_view raw, std::string_view what) {
  Stamp read = read_stamp(raw.substr(0, limits::kMessageKeptBytes), zone_);
  if (read.kind == StampKind::unreadable)
    warnings_.add("timestamp-unreadable",
                  fmt::format("the timestamp {} of {} is {}: the time is unknown", quoted(raw, 60),
                              what, read.why),
                  at_);
  if (read.kind == StampKind::placeholder)
    warnings_.add(
        "timestamp-placeholder",
        fmt::format("the timestamp {} is what tools write for \"never\": the time is unknown",
                    quoted(raw, 60)),
        at_);
  if (read.kind == StampKind::zone_unstated && !zone_)
    warnings_.add(
        "timestamp-without-zone",
        "timestamps state no zone: give the zone of the machine that ran the tests (--tz), "
        "or the times stay unknown",
        at_);
  if (read.kind == StampKind::zone_unstated && zone_)
    warnings_.add("timestamp-without-zone",
                  fmt::format("the timestamp {} of {} has no single meaning in the zone given: {}",
                              quoted(raw, 60), what, visible(read.why)),
                  at_);
  return read;
}

}  // namespace assay::import
