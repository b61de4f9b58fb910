#pragma once

/// A small test programme, recorded from its beginning: parties, keys, roles with their
/// endorsements, a release, a phase, runs with evidence, an import, decisions. Every event
/// satisfies its invariants and every author has the role for it. Names and values are invented.

#include "tests/support/log_builder.hpp"

namespace assay::testing {

/// Where things stand in the log, for tests that want to touch them.
struct ProgrammeLog {
  std::uint64_t parties = 0;
  std::uint64_t first_keys = 0;       // key_registered for dcc-rm, dcc-tm and others
  std::uint64_t roles = 0;            // role_granted ...
  std::uint64_t roles_effective = 0;  // ... and the endorsement that completes the threshold
  std::uint64_t run_started = 0;
  std::uint64_t run_finished = 0;  // by "harness", with evidence
  std::uint64_t evidence_added = 0;
  std::uint64_t import_started = 0;
  std::uint64_t import_finished = 0;
  std::uint64_t decision = 0;  // by "tag-sec", with what it had seen
  std::uint64_t size = 0;
  Hash run_log;  // digests of evidence files
  Hash report;
};

/// Begins `builder`'s log and records the programme. With `checkpoints`, one after every
/// entry.
ProgrammeLog record_programme(LogBuilder& builder, bool checkpoints = true);

/// Appends `event_count` results of about 400 bytes as imports by "harness", `per_submission`
/// events at a time, to a log in which the programme is recorded.
void record_results(LogBuilder& builder, std::uint64_t event_count, std::uint64_t per_submission);

/// The parts of such an import: how it starts, and its results of about 400 bytes.
[[nodiscard]] events::ImportStarted bulk_import(const std::string& import,
                                                std::uint64_t result_count);
[[nodiscard]] events::ResultImported bulk_result(const events::ImportStarted& import,
                                                 std::uint64_t ordinal);

}  // namespace assay::testing
