#pragma once

/// Which evidence files a log names, and what it says about each. About 200 bytes of memory a file.
/// Thread word: thread-compatible.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/events/catalogue.hpp"
#include "ledger/verify/keyring.hpp"

namespace assay::verify {

struct EvidenceItem {
  Hash digest;
  std::uint64_t entry = 0;  ///< the first that names the file
  bool named = false;       ///< as a file that there is, not only as one that there is not
  std::optional<std::uint64_t> size_bytes;
  std::string sha512;  ///< lower-case hex; empty where no event states it
  /// An entry that states another size or SHA-512 for the same file: one of the two is wrong.
  std::optional<std::uint64_t> contradicted_by;
  std::optional<std::uint64_t> erased_by;
  std::optional<std::uint64_t> unavailable_by;
};

class EvidenceList {
 public:
  /// Entry `entry` names the file.
  void name(const Hash& digest, std::uint64_t entry);
  /// Takes note of what `event` says about a file, if it does.
  void take(std::uint64_t entry, const EventData& event);
  /// The named files in the order in which the log names them.
  [[nodiscard]] std::vector<EvidenceItem> items() const;

 private:
  EvidenceItem& item(const Hash& digest, std::uint64_t entry);

  std::unordered_map<Hash, EvidenceItem, HashOfHash> items_;
};

}  // namespace assay::verify
