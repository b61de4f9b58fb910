#pragma once

/// Events about executions: runs announced and finished, imported results, evidence, gaps.

#include "ledger/events/programme.hpp"

namespace assay::events {

enum class Outcome : std::uint8_t { passed, failed, blocked, error, not_completed, skipped };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::Outcome>[] = {
    "passed", "failed", "blocked", "error", "not_completed", "skipped"};
}  // namespace assay
namespace assay::events {

/// The tool that ran a test, and its own count of runs, which shows runs that were never reported.
struct Tool {
  std::string name;
  std::uint64_t run_counter = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(run_counter));
  }
};

struct RunStarted {
  static constexpr std::string_view kType = "run_started";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::harness, Role::sp_tl}};
  std::uint64_t attempt = 1;
  std::vector<std::string> builds;
  std::set<TestKind> counts_for;
  std::vector<std::string> devices;  ///< EUI-64s
  std::optional<Identifier> environment;
  std::optional<Identifier> item;  ///< scope item; absent for an ad-hoc run
  std::optional<Identifier> operator_;
  Identifier phase;
  Identifier planned_entry;
  Identifier run;
  Identifier test_case;
  std::optional<Tool> tool;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::run, run.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attempt), CEREAL_NVP(builds), CEREAL_NVP(counts_for), CEREAL_NVP(devices),
            CEREAL_NVP(environment), CEREAL_NVP(item), cereal::make_nvp("operator", operator_),
            CEREAL_NVP(phase), CEREAL_NVP(planned_entry), CEREAL_NVP(run), CEREAL_NVP(test_case),
            CEREAL_NVP(tool));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::run, run.text);
    v.exists(Kind::phase, phase.text);
    v.exists(Kind::planned_entry, planned_entry.text);
    if (environment) v.exists(Kind::environment, environment->text);
    v.require(attempt >= 1, "attempts count from 1");
  }
};

struct RunFinished {
  static constexpr std::string_view kType = "run_finished";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::harness, Role::sp_tl}};
  Timestamp ended_at;
  std::vector<Hash> evidence;  ///< digests of files
  Outcome outcome = Outcome::not_completed;
  Identifier run;
  Timestamp started_at;
  std::optional<std::string> summary;

  void evidence_files(std::vector<Hash>& files) const {
    files.insert(files.end(), evidence.begin(), evidence.end());
  }
  [[nodiscard]] std::string subject() const { return subject_of(Kind::run, run.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(ended_at), CEREAL_NVP(evidence), CEREAL_NVP(outcome), CEREAL_NVP(run),
            CEREAL_NVP(started_at), CEREAL_NVP(summary));
  }
  void invariants(Invariants& v) const {
    v.closes(Kind::run, run.text);
    v.require(started_at <= ended_at, "a run cannot end before it started");
  }
};

/// The result no longer counts; it stays visible.
struct RunInvalidated {
  static constexpr std::string_view kType = "run_invalidated";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm},
                                    .endorsed_by = {Role::sp_tl, Role::smso_tl, Role::tag_sec}};
  std::string reason;
  std::optional<Identifier> replaced_by;
  Identifier run;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::run, run.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason), CEREAL_NVP(replaced_by), CEREAL_NVP(run));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::run, run.text);
    if (replaced_by) v.exists(Kind::run, replaced_by->text);
    v.require(!reason.empty(), "an invalidation needs a reason");
  }
};

/// A report file begins to come in. The id is a function of digest, phase, planned entry, mapping,
/// run counter and repeat, so that the same file for the same purpose is the same import.
struct ImportStarted {
  static constexpr std::string_view kType = "import_started";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::harness, Role::sp_tl}};
  std::optional<std::string> build;
  std::string dialect;
  Hash evidence;  ///< digest of the file's original bytes
  std::string file_name;
  Identifier format;  ///< "junit"
  Identifier import;
  TestKind kind = TestKind::mt;
  Identifier mapping;
  Identifier parser;  ///< name and version of what derived the results
  Identifier phase;
  Identifier planned_entry;
  std::uint64_t repeat = 0;  ///< 1 for the first `--new-run` of the same bytes, and so on
  std::uint64_t result_count = 0;
  std::optional<std::uint64_t> run_counter_first;
  std::optional<std::string> time_zone;  ///< as the importer was told; never guessed

  void evidence_files(std::vector<Hash>& files) const { files.push_back(evidence); }
  [[nodiscard]] std::string subject() const { return subject_of(Kind::import, import.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(build), CEREAL_NVP(dialect), CEREAL_NVP(evidence), CEREAL_NVP(file_name),
            CEREAL_NVP(format), CEREAL_NVP(import), CEREAL_NVP(kind), CEREAL_NVP(mapping),
            CEREAL_NVP(parser), CEREAL_NVP(phase), CEREAL_NVP(planned_entry), CEREAL_NVP(repeat),
            CEREAL_NVP(result_count), CEREAL_NVP(run_counter_first), CEREAL_NVP(time_zone));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::import, import.text);
    v.exists(Kind::phase, phase.text);
    v.exists(Kind::planned_entry, planned_entry.text);
  }
};

/// Where in the original file a result stands.
struct FilePosition {
  std::uint64_t column = 0;  ///< from 1
  std::uint64_t line = 0;    ///< from 1
  std::uint64_t offset = 0;  ///< in bytes, from 0
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(column), CEREAL_NVP(line), CEREAL_NVP(offset));
  }
};

/// An earlier attempt of the same test, kept beside the result that counts.
struct Attempt {
  std::optional<std::string> message;
  Outcome outcome = Outcome::failed;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(message), CEREAL_NVP(outcome));
  }
};

struct NamedText {
  std::string name;
  std::string value;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(value));
  }
};

/// One result out of a report; derived, and superseded rather than edited if a parser was wrong.
struct ResultImported {
  static constexpr std::string_view kType = "result_imported";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::harness, Role::sp_tl}};
  std::optional<std::vector<Attempt>> attempts;
  std::optional<std::string> class_name;
  std::optional<std::uint64_t> counter;  ///< the source tool's run counter
  std::optional<std::uint64_t> duration_ns;
  std::optional<std::string> duration_text;  ///< as it stands in the file
  Hash evidence;                             ///< the file that the result stands in
  Identifier import;
  std::optional<Identifier> item;  ///< the scope item that the mapping found
  std::optional<std::string> message;
  std::string name;
  std::optional<std::uint64_t> occurrence;  ///< 1 for the second case of the same name, and so on
  std::uint64_t ordinal = 0;                ///< place in the import, from 0, without gaps
  Outcome outcome = Outcome::not_completed;
  FilePosition position;
  std::optional<std::vector<NamedText>> properties;
  std::optional<Timestamp> started_at;
  std::optional<std::vector<std::string>> suites;  ///< outermost first

  void evidence_files(std::vector<Hash>& files) const { files.push_back(evidence); }
  [[nodiscard]] std::string subject() const { return subject_of(Kind::import, import.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attempts), CEREAL_NVP(class_name), CEREAL_NVP(counter),
            CEREAL_NVP(duration_ns), CEREAL_NVP(duration_text), CEREAL_NVP(evidence),
            CEREAL_NVP(import), CEREAL_NVP(item), CEREAL_NVP(message), CEREAL_NVP(name),
            CEREAL_NVP(occurrence), CEREAL_NVP(ordinal), CEREAL_NVP(outcome), CEREAL_NVP(position),
            CEREAL_NVP(properties), CEREAL_NVP(started_at), CEREAL_NVP(suites));
  }
  void invariants(Invariants& v) const { v.part(Kind::import, import.text, ordinal); }
};

/// What a reader has to know about how a file was read.
struct ImportRemark {
  Identifier code;
  std::uint64_t count = 1;
  std::optional<FilePosition> position;  ///< the first place
  std::string text;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(code), CEREAL_NVP(count), CEREAL_NVP(position), CEREAL_NVP(text));
  }
};

struct ResultCounts {
  std::uint64_t cases = 0;
  std::uint64_t errors = 0;
  std::uint64_t failed = 0;
  std::uint64_t passed = 0;
  std::uint64_t skipped = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases), CEREAL_NVP(errors), CEREAL_NVP(failed), CEREAL_NVP(passed),
            CEREAL_NVP(skipped));
  }
  bool operator==(const ResultCounts&) const = default;
};

/// The receipt: everything came in. Without it an import is incomplete.
struct ImportFinished {
  static constexpr std::string_view kType = "import_finished";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::harness, Role::sp_tl}};
  ResultCounts counts;    ///< as recorded
  ResultCounts declared;  ///< as the file's own counters say, zero where it has none
  ResultCounts elements;  ///< element by element, before any reading
  Identifier import;
  std::vector<ImportRemark> readings;
  std::vector<ImportRemark> repairs;
  std::uint64_t result_count = 0;
  std::vector<ImportRemark> warnings;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::import, import.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(counts), CEREAL_NVP(declared), CEREAL_NVP(elements), CEREAL_NVP(import),
            CEREAL_NVP(readings), CEREAL_NVP(repairs), CEREAL_NVP(result_count),
            CEREAL_NVP(warnings));
  }
  void invariants(Invariants& v) const {
    v.closes_with(Kind::import, import.text, result_count);
    v.require(counts.cases == result_count &&
                  counts.passed + counts.failed + counts.errors + counts.skipped == counts.cases,
              "the counts of an import add up to its results");
  }
};

/// What a file says of itself; a counter that it does not have is absent. JUnit counts no passes.
struct DeclaredCounts {
  std::optional<std::uint64_t> cases;
  std::optional<std::uint64_t> errors;
  std::optional<std::uint64_t> failed;
  std::optional<std::uint64_t> skipped;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases), CEREAL_NVP(errors), CEREAL_NVP(failed), CEREAL_NVP(skipped));
  }
  bool operator==(const DeclaredCounts&) const = default;
};

/// Version 1 wrote zero where a file declares nothing, which no reader can tell from a zero that
/// was declared.
struct ImportFinishedV2 {
  static constexpr std::string_view kType = "import_finished";
  static constexpr std::uint64_t kVersion = 2;
  static constexpr Signers kSigners{.recorded_by = {Role::harness, Role::sp_tl}};
  ResultCounts counts;      ///< as recorded
  DeclaredCounts declared;  ///< by the root, else the sum over the outermost suites
  ResultCounts elements;    ///< element by element, before any reading
  Identifier import;
  std::vector<ImportRemark> readings;
  std::vector<ImportRemark> repairs;
  std::uint64_t result_count = 0;
  std::vector<ImportRemark> warnings;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::import, import.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(counts), CEREAL_NVP(declared), CEREAL_NVP(elements), CEREAL_NVP(import),
            CEREAL_NVP(readings), CEREAL_NVP(repairs), CEREAL_NVP(result_count),
            CEREAL_NVP(warnings));
  }
  void invariants(Invariants& v) const {
    v.closes_with(Kind::import, import.text, result_count);
    v.require(counts.cases == result_count &&
                  counts.passed + counts.failed + counts.errors + counts.skipped == counts.cases,
              "the counts of an import add up to its results");
  }
};

/// A file that could not be read: kept as evidence, and said so.
struct ImportRefused {
  static constexpr std::string_view kType = "import_refused";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::harness, Role::sp_tl}};
  Hash evidence;
  std::string file_name;
  Identifier format;
  std::optional<Identifier> phase;
  std::optional<Identifier> planned_entry;
  std::optional<FilePosition> position;
  std::string reason;

  void evidence_files(std::vector<Hash>& files) const { files.push_back(evidence); }
  [[nodiscard]] std::string subject() const { return subject_of(Kind::evidence, evidence.hex()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(evidence), CEREAL_NVP(file_name), CEREAL_NVP(format), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entry), CEREAL_NVP(position), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    if (phase) v.exists(Kind::phase, phase->text);
    if (planned_entry) v.exists(Kind::planned_entry, planned_entry->text);
  }
};

/// The item will not be run; it counts as waived, never as passed.
struct ExecutionWaived {
  static constexpr std::string_view kType = "execution_waived";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm, Role::tag_sec, Role::panel_sec},
                                    .decision = true};
  std::optional<EventId> approval;
  Identifier item;
  Identifier phase;
  Identifier planned_entry;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(item), CEREAL_NVP(phase), CEREAL_NVP(planned_entry),
            CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    v.exists(Kind::planned_entry, planned_entry.text);
    v.event(approval);
    v.require(!reason.empty(), "a waiver needs a reason");
  }
};

/// Explains run counters that are missing; the gap stays visible.
struct GapDeclared {
  static constexpr std::string_view kType = "gap_declared";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::sp_tl}};
  std::uint64_t from_counter = 0;
  Identifier phase;
  std::string reason;
  std::string source;  ///< the tool whose counter has the gap
  std::uint64_t to_counter = 0;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(from_counter), CEREAL_NVP(phase), CEREAL_NVP(reason), CEREAL_NVP(source),
            CEREAL_NVP(to_counter));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    v.require(from_counter <= to_counter, "a gap ends where it begins, or later");
  }
};

}  // namespace assay::events
