#include "ledger/events/governance.hpp"

#include <algorithm>
#include <set>

namespace assay::events {

void check_key_id(Invariants& v, const Hash& key, const Base64Bytes& public_key) {
  v.require(sha256(public_key.bytes) == key, "a key id is the SHA-256 of the DER public key");
}

void check_roots(Invariants& v, const std::vector<RootKey>& roots, std::uint64_t threshold) {
  std::set<Identifier> parties;
  for (const RootKey& root : roots) {
    check_key_id(v, root.key, root.public_key);
    parties.insert(root.party);
  }
  const bool ascending =
      std::adjacent_find(roots.begin(), roots.end(), [](const RootKey& a, const RootKey& b) {
        return !(a.key < b.key);
      }) == roots.end();
  v.require(ascending, "root keys are listed in ascending order of their ids, each once");
  v.require(threshold >= 1 && threshold <= parties.size(),
            "the root threshold lies between 1 and the number of root parties");
}

}  // namespace assay::events
