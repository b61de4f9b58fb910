#pragma once

/// Learns the keys that entries introduce, in the order of the log, and settles the signatures that
/// had to wait for them (docs/format.md section 11, step 6). Thread word: thread-compatible.

#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/examine.hpp"

namespace assay::verify {

class SignatureCheck {
 public:
  /// Both borrowed.
  SignatureCheck(ClaimBook& book, SharedKeyring& keys) : book_(book), keys_(keys) {}

  /// The next entry in the order of the log, which could be read.
  void take(std::uint64_t index, const Examined& examined);
  /// An entry could not be read, and may have introduced keys.
  void miss_keys() noexcept { keys_may_be_missing_ = true; }

  [[nodiscard]] std::uint64_t good_count() const noexcept { return good_count_; }

 private:
  void settle(std::uint64_t index, const Examined& examined, const std::vector<Hash>& introduced);

  ClaimBook& book_;
  SharedKeyring& keys_;
  std::uint64_t good_count_ = 0;
  bool keys_may_be_missing_ = false;  // an entry could not be read, or an event not understood
};

}  // namespace assay::verify
