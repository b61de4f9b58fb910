#pragma once

/// A store as the verifier reads it. Thread word: thread-safe; borrows the store.

#include <functional>
#include <vector>

#include "ledger/store/store.hpp"
#include "ledger/verify/projection_check.hpp"
#include "ledger/verify/source.hpp"

namespace assay::store {

/// The digests of the states that a snapshot holds. The store cannot tell: it knows no projection.
/// None for a snapshot that cannot be read, or need not be looked at.
using SnapshotStates = std::function<std::vector<verify::NamedDigest>(const Snapshot& snapshot)>;

class StoreSource final : public verify::Source {
 public:
  /// Without `states`, snapshots state nothing.
  explicit StoreSource(const Store& store, SnapshotStates states = {})
      : store_(store), nodes_(store.nodes()), states_(std::move(states)) {}

  [[nodiscard]] Result<std::uint64_t> size() const override { return store_.size(); }
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to,
                            const EntrySink& sink) const override;
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override;
  [[nodiscard]] verify::EvidenceHeld evidence_held() const override {
    return verify::EvidenceHeld::all;
  }
  [[nodiscard]] Status read_evidence(const Hash& digest, const ChunkSink& sink) const override;
  [[nodiscard]] const merkle::NodeReader* nodes() const override { return &nodes_; }
  [[nodiscard]] Result<std::vector<verify::StatedDigest>> stated_digests() const override;
  [[nodiscard]] Result<std::vector<std::uint64_t>> attested_sizes() const override;
  /// Every row of every index, in both directions: missing, different, and extra ones.
  [[nodiscard]] Result<std::vector<verify::Objection>> check_indexes(
      const verify::VerifierState& verified) const override;

 private:
  const Store& store_;
  merkle::NodeReader nodes_;
  SnapshotStates states_;
};

}  // namespace assay::store
