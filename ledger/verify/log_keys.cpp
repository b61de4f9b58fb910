#include "ledger/verify/log_keys.hpp"

#include <algorithm>

namespace assay::verify {

void LogKeys::begin(const events::LedgerCreated& genesis) {
  keys_.push_back({0, genesis.log_key.key, genesis.log_key.public_key});
  committed_.insert(genesis.next_log_key);
}

Status LogKeys::rotate(std::uint64_t entry, const events::LogKeyRotated& rotation) {
  if (!committed_.contains(rotation.log_key.key)) {
    return fail(Errc::tampered_signature, "the new log key " + rotation.log_key.key.hex() +
                                              " is not one that the log committed to before");
  }
  keys_.push_back({entry, rotation.log_key.key, rotation.log_key.public_key});
  committed_.insert(rotation.next_log_key);
  return {};
}

bool LogKeys::accepts(const Hash& key, std::uint64_t size) const noexcept {
  const auto candidate = std::ranges::find(keys_, key, &LogKey::key);
  if (candidate == keys_.end()) return false;
  // The key of entry 0 signs the checkpoint of nothing as well.
  return candidate == keys_.begin() || size > candidate->entry;
}

void LogKeyHistory::note(std::uint64_t size, const Hash& key) {
  if (spans_.empty() || spans_.back().key != key) spans_.push_back({key, size});
}

bool LogKeyHistory::in_force(const Hash& key, std::uint64_t size) const noexcept {
  const auto after = std::ranges::upper_bound(spans_, size, {}, &Span::size);
  if (after == spans_.begin()) return false;
  const auto at = after - 1;
  if (at->key == key) return true;
  return at->size == size && at != spans_.begin() && (at - 1)->key == key;
}

}  // namespace assay::verify
