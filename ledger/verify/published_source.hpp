#pragma once

/// A published log (docs/format.md annex G) as the verifier reads it, wherever its files lie.
///
/// Nothing in it is believed: sizes are bounded before a file is read, and what the files say of
/// each other is compared: tiles with entries, `checkpoint` with `checkpoints/…`, `log.vkey` with
/// the log's key, publication.json with the log. A file that is not there or wrong is evidence; one
/// that could not be read is not.
/// Memory: four bundles of at most 16 MiB, the checkpoints, and 100 bytes for each 256 entries.
/// Thread word: thread-safe once opened; borrows the files.

#include <memory>

#include "ledger/verify/bundle_reader.hpp"
#include "ledger/verify/publication.hpp"
#include "ledger/verify/tile_nodes.hpp"

namespace assay::verify {

/// States that a publisher states, of which the run can tell whether they are right.
struct NamedVersion {
  std::string name;
  std::uint64_t version = 0;
};
struct StatesWanted {
  bool any = false;
  std::uint64_t from_size = 0;  ///< a run that goes on from there refolds no earlier ones
  /// Projections as the run folds them: looked for where files cannot be listed.
  std::vector<NamedVersion> folded;
};

/// A file with a projection's state (annex G): `states/<size>/<name>.<version>.json`.
struct StateFile {
  std::uint64_t size = 0;  ///< of the log, in entries
  std::string name;
  std::uint64_t version = 0;  ///< of the projection
};
[[nodiscard]] std::string state_file_name(const StateFile& file);

class PublishedSource final : public Source {
 public:
  /// Reads which log this is and how much of it. Errors: not_found (no published log lies there),
  /// those of the run.
  [[nodiscard]] static Result<std::unique_ptr<PublishedSource>> open(const FileTree& files);

  void want_states(StatesWanted wanted) { states_ = std::move(wanted); }
  /// As `checkpoint` states it, which nobody has verified yet.
  [[nodiscard]] const merkle::TreeHead& stated_head() const noexcept { return stated_; }

  [[nodiscard]] Result<std::uint64_t> size() const override { return size_; }
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to,
                            const EntrySink& sink) const override;
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override;
  [[nodiscard]] EvidenceHeld evidence_held() const override { return EvidenceHeld::all; }
  [[nodiscard]] Status read_evidence(const Hash& digest, const ChunkSink& sink) const override;
  [[nodiscard]] std::optional<std::string> withheld(const Hash& digest) const override;
  [[nodiscard]] const merkle::NodeReader* nodes() const override { return &node_reader_; }
  /// Those of `states/…` that are wanted.
  [[nodiscard]] Result<std::vector<StatedDigest>> stated_digests() const override;
  /// Where files can be listed, and so are near, this looks through the entries once more.
  [[nodiscard]] Result<std::vector<std::uint64_t>> attested_sizes() const override;
  [[nodiscard]] BesideLog check_beside(const VerifierState& verified) const override;

 private:
  struct Notes {
    std::vector<std::string> all;  ///< `checkpoint` last
    merkle::TreeHead stated;
    std::vector<Objection> objections;
  };
  explicit PublishedSource(const FileTree& files, Notes notes, std::uint64_t size);
  [[nodiscard]] static Result<Notes> read_notes(const FileTree& files);
  [[nodiscard]] static Result<std::uint64_t> size_held(const FileTree& files, std::uint64_t stated);
  [[nodiscard]] Status read_publication();
  [[nodiscard]] Result<std::vector<StateFile>> state_files(std::uint64_t size) const;
  [[nodiscard]] Result<std::vector<std::uint64_t>> state_sizes() const;
  [[nodiscard]] bool published_anew() const;
  void check_publication(const VerifierState& verified, BesideLog& found) const;
  void check_key(const VerifierState& verified, BesideLog& found) const;

  const FileTree& files_;
  std::vector<std::string> notes_;
  merkle::TreeHead stated_;
  std::vector<Objection> note_objections_;
  std::uint64_t size_;
  std::optional<Publication> publication_;
  std::optional<Error> publication_error_;
  StatesWanted states_;
  mutable TileCheck tiles_;
  BundleReader bundles_;
  TileNodes nodes_;
  merkle::NodeReader node_reader_;
};

}  // namespace assay::verify
