#pragma once

/// The first pass over a report: is it well-formed to its end, who wrote it, and what does the
/// whole file say of single cases? Hands out nothing but a plan. Thread-compatible.
///
/// Memory: the open suites, one case, and about 100 bytes for each case of the file.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "cli/import/junit_clues.hpp"
#include "cli/import/junit_document.hpp"
#include "cli/import/junit_notes.hpp"
#include "cli/import/junit_plan.hpp"
#include "cli/import/tap_text.hpp"
#include "cli/import/xml_reader.hpp"
#include "ledger/base/hash.hpp"

namespace assay::import {

class JunitSurvey final : public JunitDocumentSink {
 public:
  /// `repair`: mend what XmlRepair mends. `zone` may be empty and must outlive the survey.
  JunitSurvey(const ZoneResolver& zone, bool repair);

  /// Pieces of any size. Errors: malformed, limit; all with the place.
  [[nodiscard]] Status feed(std::string_view bytes);
  /// Errors: as feed. To be called once.
  [[nodiscard]] Result<JunitPlan> finish();

  void on_tag(std::string_view name, std::span<const XmlAttribute> attributes) override;
  Status on_suite_start(const std::shared_ptr<const JunitSuite>& suite) override;
  Status on_suite_end(const std::shared_ptr<const JunitSuite>& suite) override;
  Status on_case(JunitCase&& found) override;
  void on_suite_output(std::string_view text) override;
  void on_comment(std::string_view text) override;
  void on_suite_fault(const JunitDetail& fault, const Position& at) override;

 private:
  /// What is kept of every case until its suite has ended.
  struct Brief {
    std::uint64_t element = 0;
    std::uint64_t leading_number = 0;
    std::int64_t duration_ns = 0;  ///< 0 where unknown
    bool childless = false;        ///< nothing in it says anything but "passed"
    bool says_todo = false;        ///< its name holds the word
    bool load_failure = false;
  };
  /// What is kept of the latest cases, to find two elements of one test.
  struct Recent {
    std::uint64_t element = 0;
    Hash identity;
    JunitOutcome outcome = JunitOutcome::passed;
    bool never_started = false;
    bool teardown_failed = false;
    bool load_failure = false;
  };
  struct OpenSuite {
    Hash identity;
    std::vector<Brief> cases;   ///< directly in the suite
    std::deque<Recent> recent;  ///< directly in the suite, at most kMergeWindowCases
    TapText tap;
    bool bad = false;  ///< a failure somewhere inside
    std::unordered_set<std::uint64_t>
        titles_around;  ///< hashes; of Vitest's suites above its cases
    std::vector<std::pair<std::uint64_t, std::uint64_t>> broken;  ///< element, hash of the name
  };
  struct Identity {
    Hash hash;
    std::uint64_t element;
    JunitOutcome outcome;
  };

  void look_for_merge(OpenSuite& suite, const Recent& later);
  void note_titles(OpenSuite& suite, const JunitCase& found);
  void note_boost(const JunitCase& found);
  void settle_tap(OpenSuite& open, const JunitSuite& suite);
  void settle_jest(const OpenSuite& open, const JunitSuite& suite);
  void settle_vitest(const OpenSuite& open);
  void settle_node();
  void settle_boost();
  void settle_repeats(JunitPlan& plan);

  JunitNotes passing_notes_;  ///< the second pass makes the same ones again
  JunitNotes cannot_tell_;
  JunitDocument document_;
  XmlReader xml_;
  Digest digest_ = Digest::sha256();
  bool repair_;
  std::uint64_t size_bytes_ = 0;
  JunitClues clues_;
  std::vector<OpenSuite> open_;
  std::vector<CaseException> exceptions_;
  std::vector<CaseMerge> merges_;
  std::vector<Identity> identities_;
  // node:test
  std::vector<Brief> node_childless_;
  std::uint64_t broken_leaves_ = 0;
  std::uint64_t good_suites_ = 0;
  // Boost.Test
  std::uint64_t boost_counted_ = 0;
  std::vector<std::uint64_t> boost_uncounted_;
  std::uint64_t boost_declared_ = 0;
};

}  // namespace assay::import
