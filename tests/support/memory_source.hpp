#pragma once

/// A log in memory, for tests to build, to damage and to verify.

#include <map>
#include <string>
#include <vector>

#include "ledger/verify/source.hpp"

namespace assay::testing {

/// Everything that a ledger keeps of a log. Plain value: copy it, then break the copy.
struct MemoryLog {
  std::vector<std::string> entries;
  std::vector<std::string> notes;  // checkpoints
  std::map<Hash, std::string> evidence;
};

/// Thread word: thread-safe as long as the log does not change.
class MemorySource final : public verify::Source {
 public:
  /// Borrows `log`.
  explicit MemorySource(const MemoryLog& log) : log_(log) {}

  [[nodiscard]] Result<std::uint64_t> size() const override { return log_.entries.size(); }
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to,
                            const EntrySink& sink) const override;
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override { return log_.notes; }
  [[nodiscard]] verify::EvidenceHeld evidence_held() const override { return held; }
  [[nodiscard]] Status read_evidence(const Hash& digest, const ChunkSink& sink) const override;
  [[nodiscard]] const merkle::NodeReader* nodes() const override {
    return nodes_ ? &nodes_ : nullptr;
  }
  [[nodiscard]] Result<std::vector<verify::StatedDigest>> stated_digests() const override {
    return stated;
  }
  [[nodiscard]] Result<std::vector<std::uint64_t>> attested_sizes() const override {
    return attested;
  }

  /// Keeps the nodes of the tree over the entries of `log`, as a store would from its appends.
  void keep_nodes_of(const MemoryLog& log);

  verify::EvidenceHeld held = verify::EvidenceHeld::all;
  std::vector<verify::StatedDigest> stated;
  std::vector<std::uint64_t> attested;
  /// Entries and evidence files that answer with these errors instead.
  std::map<std::uint64_t, Error> entry_errors;
  std::map<Hash, Error> evidence_errors;

 private:
  const MemoryLog& log_;
  std::vector<std::vector<Hash>> levels_;
  merkle::NodeReader nodes_;
};

}  // namespace assay::testing
