#pragma once

/// Writes the answer to one question as a bundle (docs/format.md annex G): entries with their
/// proofs, the checkpoint, evidence, and a page for people. The same log, question and profile give
/// the same bytes. Thread word: thread-compatible; borrows the store.

#include <optional>

#include "cli/bundle/bag_writer.hpp"
#include "cli/bundle/question.hpp"
#include "cli/bundle/read_me.hpp"
#include "cli/publish/evidence_choice.hpp"

namespace assay::cli {

class Bundler {
 public:
  /// Works out what goes into the bundle, without writing anything. `size` is the size of the
  /// checkpoint that it is under. Errors: those of gather and of choose_evidence.
  [[nodiscard]] static Result<Bundler> plan(const Run& run, const LedgerSession& session,
                                            const Question& question,
                                            const store::StoredCheckpoint& checkpoint,
                                            verify::EvidenceProfile profile);

  /// Errors: those of ZipWriter and of the store.
  [[nodiscard]] Status write(const Run& run, const std::string& path, bool replace);

  [[nodiscard]] const verify::BundleIndex& index() const noexcept { return page_.index; }
  [[nodiscard]] const Checkpoint& checkpoint() const noexcept { return page_.checkpoint; }
  [[nodiscard]] const std::vector<EvidenceFile>& files() const noexcept { return files_; }
  [[nodiscard]] const std::vector<Hash>& erased() const noexcept { return page_.erased; }
  [[nodiscard]] const std::vector<Hash>& missing() const noexcept { return page_.missing; }
  [[nodiscard]] std::uint64_t evidence_size_bytes() const noexcept;
  /// The folder in the zip.
  [[nodiscard]] std::string directory() const;

 private:
  explicit Bundler(const store::Store& store) : store_(store) {}
  [[nodiscard]] Status choose_files(const std::set<Hash>& named, verify::EvidenceProfile profile);
  [[nodiscard]] Status read_entries();
  [[nodiscard]] Status write_payload(const Run& run, BagWriter& bag) const;

  const store::Store& store_;
  std::string note_;  // the checkpoint
  std::string vkey_;
  std::vector<EvidenceFile> files_;  // ascending by digest
  Timestamp recorded_at_;            // of the last entry under the checkpoint
  ReadMe page_;
};

/// The verifier key of the log's key, as C2SP has it, without a newline. Errors: unsupported.
[[nodiscard]] Result<std::string> vkey_of(const projections::ProgrammeFold& fold);

}  // namespace assay::cli
