#pragma once

/// One entry of a bundle and its proof, looked at without any other. Thread word: pure functions.

#include <optional>
#include <string>

#include "ledger/format/checkpoint.hpp"
#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/examine.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::verify {

/// The checkpoint of a bundle, as it stands there.
struct BundledCheckpoint {
  std::string note;
  Checkpoint stated;
};

/// What the files of one entry came to.
struct BundledEntry {
  Examined examined;
  std::optional<Objection> proof;  ///< what is wrong with its proof
  std::optional<Error> could_not_look;
};

/// Reads and examines entry `index`, and holds its proof against the checkpoint, if there is one.
void examine_bundled(const FileTree& bag, std::uint64_t index, const BundledCheckpoint* checkpoint,
                     const SharedKeyring& keys, BundledEntry& out);

/// True where the files were looked at: what is wrong is then evidence, and not the run's.
[[nodiscard]] bool looked(Errc code) noexcept;

}  // namespace assay::verify
