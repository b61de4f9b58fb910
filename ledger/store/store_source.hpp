#pragma once

/// A store as the verifier reads it. Thread word: thread-safe; borrows the store.

#include "ledger/store/store.hpp"
#include "ledger/verify/source.hpp"

namespace assay::store {

class StoreSource final : public verify::Source {
 public:
  explicit StoreSource(const Store& store) : store_(store), nodes_(store.nodes()) {}

  [[nodiscard]] Result<std::uint64_t> size() const override { return store_.size(); }
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to,
                            const EntrySink& sink) const override;
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override;
  [[nodiscard]] verify::EvidenceHeld evidence_held() const override {
    return verify::EvidenceHeld::all;
  }
  [[nodiscard]] Status read_evidence(const Hash& digest, const ChunkSink& sink) const override;
  [[nodiscard]] const merkle::NodeReader* nodes() const override { return &nodes_; }
  /// Every row of every index, in both directions: missing, different, and extra ones.
  [[nodiscard]] Result<std::vector<verify::Objection>> check_indexes(
      const verify::VerifierState& verified) const override;

 private:
  const Store& store_;
  merkle::NodeReader nodes_;
};

}  // namespace assay::store
