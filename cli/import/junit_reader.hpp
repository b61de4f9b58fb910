#pragma once

/// Reads a JUnit XML report, of any tool, into cases with one verdict each.
///
/// Bytes in, results out: no disk, no clock, no ledger. A report is read twice, over the same
/// bytes:
///
///   1. JunitSurvey  is it well-formed to its end, within the limits, who wrote it, and what does
///   the
///                   whole file say of single cases? Nothing is handed out, so nothing ever comes
///                   of a file that turns out to be cut short.
///   2. JunitReader  hands out the cases one at a time, in document order, judged; then the
///   summary.
///
/// `read_junit` does both. Feed sizes do not matter: one byte at a time gives the same.
///
/// Memory: the open suites, one case (at most kMergeWindowCases while two elements of one test are
/// waited for), 24 bytes in the plan for each special case, and about 100 bytes for each case of
/// the file during the first pass. Time is linear in the file. Thread word: thread-compatible.
///
/// Errors, everywhere: malformed (what and where; nothing was handed out if it comes from the
/// survey), limit (which limit and where), internal (the second pass read other bytes than the
/// first), and whatever the sink or source answers.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/junit_document.hpp"
#include "cli/import/junit_model.hpp"
#include "cli/import/junit_notes.hpp"
#include "cli/import/junit_plan.hpp"
#include "cli/import/junit_scopes.hpp"
#include "cli/import/junit_verdict.hpp"
#include "cli/import/stamp.hpp"
#include "cli/import/xml_reader.hpp"
#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay::import {

struct JunitOptions {
  /// Read a file that is not well-formed, if xml_repair.hpp can mend it without doubt. Every mend
  /// is listed in the summary. A file that is well-formed is never touched.
  bool repair = false;
  /// What a timestamp without a zone means. Without it, such times stay unknown, with a warning.
  ZoneResolver zone;
};

class JunitSink {
 public:
  JunitSink() = default;
  JunitSink(const JunitSink&) = delete;
  JunitSink& operator=(const JunitSink&) = delete;
  virtual ~JunitSink() = default;

  /// The case lives for the call; its suites as long as they are held. An error stops the reader.
  virtual Status on_case(const JunitCase& found) = 0;
};

/// Bytes that can be read twice.
class JunitSource {
 public:
  JunitSource() = default;
  JunitSource(const JunitSource&) = delete;
  JunitSource& operator=(const JunitSource&) = delete;
  virtual ~JunitSource() = default;

  /// Starts again from the first byte.
  virtual Status rewind() = 0;
  /// The next bytes, alive until the next call; empty at the end.
  virtual Result<std::string_view> next() = 0;
};

/// Both passes (three, where a file has to be repaired).
[[nodiscard]] Result<JunitSummary> read_junit(JunitSource& source, const JunitOptions& options,
                                              JunitSink& sink);
[[nodiscard]] Result<JunitSummary> read_junit(std::string_view bytes, const JunitOptions& options,
                                              JunitSink& sink);

/// The second pass.
class JunitReader final : private JunitDocumentSink {
 public:
  /// All three must outlive the reader. `options.repair` is not asked: the plan knows.
  JunitReader(const JunitOptions& options, const JunitPlan& plan, JunitSink& sink);

  [[nodiscard]] Status feed(std::string_view bytes);
  /// To be called once.
  [[nodiscard]] Result<JunitSummary> finish();

 private:
  struct Held {
    JunitCase found;
    std::size_t size_bytes = 0;
    std::size_t awaited = 0;  ///< later elements of the same test that are still to come
  };
  struct OpenSuite {
    std::size_t properties_at_first_case = 0;
    bool has_case = false;
  };

  void on_tag(std::string_view, std::span<const XmlAttribute>) override {}
  Status on_suite_start(const std::shared_ptr<const JunitSuite>& suite) override;
  Status on_suite_end(const std::shared_ptr<const JunitSuite>& suite) override;
  Status on_case(JunitCase&& found) override;
  void on_suite_output(std::string_view) override {}
  void on_comment(std::string_view) override {}
  void on_suite_fault(const JunitDetail&, const Position&) override { scopes_.add_fault(); }

  void judge_case(JunitCase& found, const Verdict& verdict);
  void note_repeat(JunitCase& found);
  bool merge(JunitCase& later, JunitOutcome outcome);
  Status hold(JunitCase&& found);
  Status release(bool all);
  void note_ledger(const JunitSuite& suite, const OpenSuite& open);

  const JunitPlan& plan_;
  JunitSink& sink_;
  JunitNotes readings_;
  JunitNotes warnings_;
  JunitNotes cannot_tell_;
  JunitScopes scopes_;
  JunitDocument document_;
  XmlReader xml_;
  Digest digest_ = Digest::sha256();
  std::uint64_t size_bytes_ = 0;
  std::vector<OpenSuite> open_;
  std::vector<std::uint64_t> awaiting_;  ///< elements that later ones belong to, sorted
  std::deque<Held> held_;
  std::size_t held_bytes_ = 0;
  std::uint64_t next_ordinal_ = 0;
  std::optional<std::int64_t> root_duration_ns_;
  std::vector<JunitLedgerProperty> ledger_;
};

}  // namespace assay::import
