#include "ledger/verify/partial_proof.hpp"

#include "ledger/base/limits.hpp"
#include "ledger/format/proof_file.hpp"
#include "ledger/merkle/proof.hpp"
#include "ledger/verify/waves.hpp"

namespace assay::verify {
namespace {

std::optional<Objection> check_proof(std::string_view text, std::uint64_t index, const Hash& leaf,
                                     const BundledCheckpoint& checkpoint) {
  const std::string of = "the proof of " + numbered(index);
  const auto proof = parse_proof_file(text);
  if (!proof) {
    Error error = Error(proof.error()).in(of).at_entry(index);
    error.code = Errc::tampered_hash;
    return Objection{Claim::tree, std::move(error)};
  }
  if (proof->index != index) {
    return disagreement(Claim::tree, Errc::tampered_hash, index, of + " is of another entry",
                        std::to_string(index), std::to_string(proof->index));
  }
  if (proof->checkpoint != checkpoint.note) {
    return Objection{
        Claim::tree,
        Error{
            Errc::tampered_hash, of + " leads to another checkpoint than the bundle's", {}, index}};
  }
  Status status = merkle::check_inclusion(leaf, index, checkpoint.stated.head(), proof->hashes);
  if (status) return std::nullopt;
  Error error = std::move(status).error().in(of).at_entry(index);
  error.code = Errc::tampered_hash;
  return Objection{Claim::tree, std::move(error)};
}

}  // namespace

bool looked(Errc code) noexcept {
  return is_evidence(code) || code == Errc::limit || code == Errc::rejected;
}

void examine_bundled(const FileTree& bag, std::uint64_t index, const BundledCheckpoint* checkpoint,
                     const SharedKeyring& keys, BundledEntry& out) {
  out.proof.reset();
  out.could_not_look.reset();
  const std::string number = std::to_string(index);
  const auto bytes = bag.read("data/entries/" + number + ".json", limits::kEntrySizeBytes);
  if (!bytes && !looked(bytes.error().code)) {
    out.could_not_look = bytes.error();
    return;
  }
  if (!bytes) return examine_absent(index, bytes.error(), out.examined);
  std::string scratch;
  examine(index, *bytes, keys, Keep::values, scratch, out.examined);
  if (checkpoint == nullptr) return;
  const auto proof = bag.read("data/proofs/" + number + ".tlog-proof", kProofFileSizeBytes);
  if (proof) {
    out.proof = check_proof(*proof, index, out.examined.leaf, *checkpoint);
  } else if (looked(proof.error().code)) {
    out.proof = Objection{
        Claim::tree,
        Error{Errc::tampered_order, numbered(index) + " has no proof in this bundle", {}, index}};
  } else {
    out.could_not_look = proof.error();
  }
}

}  // namespace assay::verify
