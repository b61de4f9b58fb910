#pragma once

/// What submissions say was refused, held against what the log holds, so that nothing is placed
/// that the verifier would call a contradiction (docs/format.md section 3; verify/voided.hpp asks
/// the same afterwards): a voided submission that stands in the log, before or after, or one that
/// is voided twice.
///
/// What was voided has rows: there are few, and every submission asks for them. What was recorded
/// has none, since a row a submission would be paid for by everybody: the log is read once, when a
/// submission of this session voids another for the first time. Thread word: thread-compatible.

#include <functional>
#include <map>
#include <optional>
#include <unordered_set>

#include <rocksdb/write_batch.h>

#include "ledger/format/submission.hpp"
#include "ledger/store/store_internal.hpp"

namespace assay::store {

class VoidedCheck {
 public:
  /// Reads what was voided so far. Part of opening. Errors: malformed, io.
  [[nodiscard]] Status load(const Store::Impl& store);

  /// Hands over the digest of every submission in the log, in any order.
  using DigestReader = std::function<Status(const std::function<void(const Hash&)>&)>;
  /// Whether `submission`, whose digest is known, contradicts what stands in the log. `recorded` is
  /// called if it has to be known what does. Errors: rejected, those of `recorded`.
  [[nodiscard]] Status check(const SubmissionView& submission, const DigestReader& recorded);
  /// It is entry `index`.
  void take(std::uint64_t index, const SubmissionView& submission, const Store::Impl& store,
            rocksdb::WriteBatch& rows);

 private:
  struct FirstBytes {
    std::size_t operator()(const Hash& hash) const noexcept;
  };
  std::map<Hash, std::uint64_t> voided_;                          // and by which entry
  std::optional<std::unordered_set<Hash, FirstBytes>> recorded_;  // once somebody asked
};

}  // namespace assay::store
