#pragma once

/// Counts again what the suites and the root declare, and says where the two disagree.
/// Thread-compatible. Memory: the open suites, and the disagreements up to kCountersListed.
///
/// Tools count differently: nested suites in or out, skipped cases in or out, runs instead of
/// cases. A declared number that is right in one of the ways that are known is no disagreement.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/import/junit_model.hpp"
#include "cli/import/junit_notes.hpp"

namespace assay::import {

/// "suite outer > inner", or "the root"; escaped.
[[nodiscard]] std::string scope_name(const JunitSuite& suite);

class JunitScopes {
 public:
  /// All must outlive the object.
  JunitScopes(const JunitDialect& dialect, JunitNotes& warnings, JunitNotes& readings,
              JunitNotes& cannot_tell)
      : dialect_(dialect), warnings_(warnings), readings_(readings), cannot_tell_(cannot_tell) {}

  void open() { open_.emplace_back(); }
  /// One <testcase> element of the innermost suite, with the outcome of its own child elements.
  void add_element(const JunitCase& found);
  /// The outcome of a case that is handed out, in the innermost suite.
  void add_result(JunitOutcome outcome);
  /// A case of the innermost suite turns out otherwise.
  void change_result(JunitOutcome from, JunitOutcome to);
  void add_fault();
  void close(const JunitSuite& suite);

  [[nodiscard]] std::vector<JunitCounters> take_counters() { return std::move(counters_); }
  [[nodiscard]] std::uint64_t counters_left_out() const noexcept { return left_out_; }
  [[nodiscard]] const JunitResults& total() const noexcept { return total_; }
  /// Counter by counter: what the root declares, else the sum over the outermost suites that do.
  [[nodiscard]] const JunitDeclared& declared() const noexcept { return declared_; }

 private:
  struct Tally {
    JunitElements elements;
    JunitResults results;
    std::uint64_t failed_attempts = 0;
    std::uint64_t error_attempts = 0;
    std::uint64_t faults = 0;
  };
  /// How many more are declared than are there.
  struct Excess {
    std::uint64_t tests = 0;
    std::uint64_t failures = 0;
    std::uint64_t errors = 0;
    std::uint64_t skipped = 0;
  };
  struct Open {
    Tally direct;
    Tally nested;            ///< all within, the direct ones included
    Excess inner;            ///< of the suites inside
    JunitDeclared declared;  ///< by the suites directly inside, added up
  };

  static bool agree(const JunitDeclared& declared, const Open& open);
  static bool counts_runs(const JunitDeclared& declared, const Tally& tally);
  void report(const JunitSuite& suite, const Open& open);
  [[nodiscard]] Excess excess(const JunitDeclared& declared, const Tally& tally) const;
  void tell_excess(const JunitSuite& suite, const Excess& own, const Excess& inner);

  const JunitDialect& dialect_;
  JunitNotes& warnings_;
  JunitNotes& readings_;
  JunitNotes& cannot_tell_;
  std::vector<Open> open_;
  std::vector<JunitCounters> counters_;
  std::uint64_t left_out_ = 0;
  JunitResults total_;
  JunitDeclared declared_;
};

}  // namespace assay::import
