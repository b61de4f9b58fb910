#include "cli/session/offline_proof.hpp"

#include "keys/verifier.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/format/proof_file.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::cli {

Result<OfflineProof> check_offline_proof(std::string_view proof, std::string_view entry,
                                         const VKey& key) {
  ASSAY_TRY(const auto verifier, make_note_verifier(key, keys::make_verifier));
  auto file = parse_proof_file(proof);
  if (!file) return std::unexpected(std::move(file).error().in("the proof"));
  OfflineProof checked;
  checked.index = file->index;
  checked.leaf = merkle::leaf_hash(entry);
  ASSAY_TRY(OpenedCheckpoint opened,
            check_proof_file(*file, checked.leaf, {key.name, {verifier.get()}, {}}));
  checked.checkpoint = std::move(opened.checkpoint);
  // The proof binds the bytes to a place; that they say the same of themselves is the log's duty.
  EntryView view;
  if (Status readable = parse_entry(entry, view); !readable) {
    return std::unexpected(std::move(readable).error().in("the entry"));
  }
  if (view.index == checked.index) return checked;
  return fail(Errc::tampered_order, "the entry says that it is entry " +
                                        std::to_string(view.index) + "; the proof is of entry " +
                                        std::to_string(checked.index));
}

}  // namespace assay::cli
