#pragma once

/// What is read from a JUnit report: suites, cases, notes and counts. Plain values; a suite is
/// shared between its cases and immutable once a case has been handed out. All text is UTF-8,
/// verbatim: escape it where it is shown (visible.hpp).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/kept_text.hpp"
#include "cli/import/position.hpp"
#include "cli/import/stamp.hpp"
#include "cli/import/xml_repair.hpp"

namespace assay::import {

/// One verdict a case. Ordered: of several, the worst counts, and `failed` is the worst.
enum class JunitOutcome : std::uint8_t { passed, skipped, error, failed };
/// "passed", "skipped", "error", "failed".
[[nodiscard]] std::string_view name_of(JunitOutcome outcome) noexcept;

/// A failure, an error or a skip, as the report words it.
struct JunitDetail {
  JunitOutcome outcome = JunitOutcome::failed;  ///< what the element stands for; never passed
  std::string element;                          ///< its name: "failure", "skipped", …
  KeptText type;
  KeptText message;
  KeptText text;  ///< all text and CDATA of the element, joined
};

/// One run of a case that was run again. Surefire's flakyFailure and flakyError came before the
/// pass, its rerunFailure and rerunError after the failure that the case holds.
struct JunitAttempt {
  JunitOutcome outcome = JunitOutcome::failed;  ///< failed or error
  std::string element;                          ///< "flakyFailure", …
  KeptText type;
  KeptText message;
  KeptText text;  ///< the stack trace, where there is one
  std::string time;
  std::optional<std::int64_t> duration_ns;
  Stamp timestamp;
};

struct JunitProperty {
  std::string name;  ///< empty where the report gives none
  KeptText value;    ///< from the attribute, else from the text
};

struct JunitAttribute {
  std::string name;
  std::string value;
};

/// Counters that a suite or root declares. Empty where absent or unreadable.
struct JunitDeclared {
  std::optional<std::uint64_t> tests;
  std::optional<std::uint64_t> failures;
  std::optional<std::uint64_t> errors;
  std::optional<std::uint64_t> skipped;   ///< "skipped", "skip", "skips"
  std::optional<std::uint64_t> disabled;  ///< "disabled", "ignored"

  [[nodiscard]] bool any() const noexcept {
    return tests || failures || errors || skipped || disabled;
  }
};

struct JunitSuite {
  std::shared_ptr<const JunitSuite> parent;  ///< empty at the root
  bool container = false;                    ///< a <testsuites>: holds suites, is no suite itself
  std::uint64_t ordinal = 0;  ///< of this <testsuite> in document order, 0-based; 0 for a container
  std::string name;
  std::string package;
  std::string id;
  std::string hostname;  ///< Playwright writes the project's name here
  std::string file;
  std::string time;
  std::optional<std::int64_t> duration_ns;
  Stamp timestamp;
  JunitDeclared declared;
  std::vector<JunitAttribute> attributes;  ///< those without a field of their own, in order
  std::vector<JunitProperty> properties;   ///< in order, repeats kept
  Position at;
};

/// The whole case, after every reading. `ordinal` counts the cases handed out, `element` all
/// <testcase> elements: they differ behind a merged or left-out element.
struct JunitCase {
  std::uint64_t ordinal = 0;
  std::uint64_t element = 0;
  std::shared_ptr<const JunitSuite> suite;  ///< the nearest suite or container; never empty
  std::string classname;
  std::string name;
  std::string display_name;  ///< JUnit Platform's, from system-out; else empty
  std::string variant;  ///< what else tells equal names apart: Playwright's project; else empty
  std::uint64_t occurrence = 0;   ///< among cases of the same identity, 0-based
  std::uint64_t occurrences = 1;  ///< how many the file has of that identity
  std::string file;
  std::string line;  ///< as written
  JunitOutcome outcome = JunitOutcome::passed;
  std::vector<JunitDetail> details;  ///< in order, at most kDetailsKept
  std::uint64_t details_left_out = 0;
  std::vector<JunitAttempt> attempts;  ///< in order, at most kDetailsKept
  std::uint64_t attempts_left_out = 0;
  std::vector<JunitProperty> properties;   ///< in order, repeats kept
  std::vector<JunitAttribute> attributes;  ///< those without a field of their own, in order
  std::string time;
  std::optional<std::int64_t> duration_ns;  ///< empty where the text is missing or unusable
  Stamp timestamp;                          ///< of the case itself
  KeptText system_out;
  KeptText system_err;
  std::vector<std::string_view> readings;  ///< codes of the readings that touched this case
  Position at;

  /// Names of the <testsuite> elements around the case, outermost first.
  [[nodiscard]] std::vector<std::string> suite_path() const;
  /// The case's own time, else that of the nearest suite that has one.
  [[nodiscard]] std::optional<Timestamp> started_at() const;
  /// The value of the nearest suite's property of that name (`ledger.phase`): the last one, if
  /// repeated.
  [[nodiscard]] std::optional<std::string> suite_property(std::string_view name) const;
  /// The message, else the text, of the worst detail; empty for a plain pass.
  [[nodiscard]] const JunitDetail* worst_detail() const noexcept;
};

/// A choice that was made in reading, or something that is wrong with the report. Sentences that
/// are equal are one note with a count.
struct JunitNote {
  std::string_view code;  ///< stable: "hook-case", "time-unusable"
  std::string sentence;   ///< plain English, escaped for a terminal
  std::uint64_t count = 1;
  Position first;
};

/// Of the elements alone, as a plain reader counts them: each <testcase> once, as failure, else
/// error, else skipped, else passed.
struct JunitElements {
  std::uint64_t suites = 0;
  std::uint64_t cases = 0;
  std::uint64_t passed = 0;
  std::uint64_t failures = 0;
  std::uint64_t errors = 0;
  std::uint64_t skipped = 0;
  std::uint64_t flaky = 0;       ///< flakyFailure, flakyError
  std::uint64_t rerun = 0;       ///< rerunFailure, rerunError
  std::uint64_t properties = 0;  ///< wherever they stand, like system_out and system_err
  std::uint64_t system_out = 0;
  std::uint64_t system_err = 0;
  std::uint64_t depth = 0;  ///< of nested <testsuite>

  bool operator==(const JunitElements&) const = default;
};

/// Of the cases handed out: what the report says when all of it is read. The parts add up to
/// `cases`.
struct JunitResults {
  std::uint64_t cases = 0;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::uint64_t errors = 0;
  std::uint64_t skipped = 0;

  bool operator==(const JunitResults&) const = default;
};

/// The tool that wrote the report, as far as the report shows it.
struct JunitDialect {
  std::string_view name = "generic";
  bool certain = false;  ///< true where only this tool writes what was found
  std::string marks;     ///< what was found, in words
};

/// Counters that disagree with the cases they count.
struct JunitCounters {
  std::string scope;  ///< "the root", or the suite's path, escaped
  JunitDeclared declared;
  JunitElements elements;  ///< within the scope, nested suites included
  JunitResults results;
  Position at;
};

struct JunitLedgerProperty {
  std::string name;  ///< "ledger.phase", "ledger.pee", "ledger.build", "ledger.run_counter_first"
  std::string value;
  std::string scope;  ///< "the root", or the suite's path, escaped
  Position at;
};

struct JunitSummary {
  JunitElements elements;
  JunitResults results;
  JunitDialect dialect;
  std::vector<JunitNote> readings;     ///< choices made; counts and verdicts rest on them
  std::vector<JunitNote> warnings;     ///< what is wrong or doubtful
  std::vector<JunitNote> cannot_tell;  ///< what the report itself shows that it does not hold
  std::vector<JunitCounters> counters;
  std::uint64_t counters_left_out = 0;
  JunitDeclared declared;  ///< by the root; where it says nothing, summed over the outermost suites
  std::vector<JunitLedgerProperty> ledger;
  std::vector<XmlMend> mends;  ///< every repair, in order; empty unless asked for and needed
  std::optional<std::int64_t> duration_ns;  ///< declared by the root
  std::uint64_t size_bytes = 0;
};

}  // namespace assay::import
