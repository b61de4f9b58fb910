#pragma once

/// Which evidence files a log names, and what it says about each. About 500 bytes of memory a file.
/// Thread word: thread-compatible.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/events/catalogue.hpp"
#include "ledger/verify/keyring.hpp"

namespace assay::verify {

/// What one `evidence_added` says of a file.
struct EvidenceStatement {
  std::uint64_t entry = 0;
  std::string sha512;  ///< lower-case hex
  std::uint64_t size_bytes = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(entry), CEREAL_NVP(sha512), CEREAL_NVP(size_bytes));
  }
  bool operator==(const EvidenceStatement&) const = default;
};

struct EvidenceItem {
  /// The first to state another size or SHA-512 than `stated`: one of the two is wrong.
  std::optional<EvidenceStatement> contradicted;
  Hash digest;
  std::uint64_t entry = 0;  ///< the first that names the file
  bool named = false;       ///< as a file that there is, not only as one that there is not
  std::optional<std::uint64_t> erased_by;
  std::optional<EvidenceStatement> stated;  ///< the first
  std::optional<std::uint64_t> unavailable_by;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(contradicted), CEREAL_NVP(digest), CEREAL_NVP(entry), CEREAL_NVP(erased_by),
            CEREAL_NVP(named), CEREAL_NVP(stated), CEREAL_NVP(unavailable_by));
  }
  bool operator==(const EvidenceItem&) const = default;
};

class EvidenceList {
 public:
  EvidenceList() = default;
  /// Goes on from `known`, as `all` gave it.
  explicit EvidenceList(std::vector<EvidenceItem> known);
  /// Entry `entry` names the file.
  void name(const Hash& digest, std::uint64_t entry);
  /// Takes note of what `event` says about a file, if it does.
  void take(std::uint64_t entry, const EventData& event);
  /// Everything that is known, in ascending order of the digests.
  [[nodiscard]] std::vector<EvidenceItem> all() const;
  /// The named files in the order in which the log names them.
  [[nodiscard]] std::vector<EvidenceItem> items() const;

 private:
  EvidenceItem& item(const Hash& digest, std::uint64_t entry);

  std::unordered_map<Hash, EvidenceItem, HashOfHash> items_;
};

}  // namespace assay::verify
