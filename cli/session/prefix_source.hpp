#pragma once

/// The beginning of a log, as the verifier reads it: what was there at an earlier size. Thread
/// word: thread-safe; borrows the source of the whole log.

#include "ledger/verify/source.hpp"

namespace assay::cli {

class PrefixSource final : public verify::Source {
 public:
  /// `size` is at most that of `whole`.
  PrefixSource(const verify::Source& whole, std::uint64_t size) : whole_(whole), size_(size) {}

  [[nodiscard]] Result<std::uint64_t> size() const override { return size_; }
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to,
                            const EntrySink& sink) const override {
    return whole_.read(from, to, sink);
  }
  /// Those of the beginning; later ones are about entries that it does not have.
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override;
  /// A file that was there then may have been erased since, by an event of later.
  [[nodiscard]] verify::EvidenceHeld evidence_held() const override {
    return verify::EvidenceHeld::some;
  }
  [[nodiscard]] Status read_evidence(const Hash& digest, const ChunkSink& sink) const override {
    return whole_.read_evidence(digest, sink);
  }
  [[nodiscard]] std::optional<std::string> withheld(const Hash& digest) const override {
    return whole_.withheld(digest);
  }
  [[nodiscard]] verify::BesideLog check_beside(
      const verify::VerifierState& verified) const override {
    return whole_.check_beside(verified);
  }
  [[nodiscard]] const merkle::NodeReader* nodes() const override { return whole_.nodes(); }
  [[nodiscard]] Result<std::vector<std::uint64_t>> attested_sizes() const override {
    return whole_.attested_sizes();
  }

 private:
  const verify::Source& whole_;
  std::uint64_t size_;
};

}  // namespace assay::cli
