#include <cstring>

#include "ledger/store/status_internal.hpp"
#include "ledger/store/voided_internal.hpp"

namespace assay::store {

std::size_t VoidedCheck::FirstBytes::operator()(const Hash& hash) const noexcept {
  std::size_t first = 0;
  std::memcpy(&first, hash.bytes.data(), sizeof(first));
  return first;
}

Status VoidedCheck::load(const Store::Impl& store) {
  const auto rows = store.iterate(Family::voided, true);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    ASSAY_TRY(const Hash digest, Hash::from_bytes(rows->key().ToStringView()));
    ASSAY_TRY(const std::uint64_t entry, read_index_key(rows->value().ToStringView()));
    voided_.emplace(digest, entry);
  }
  return checked(rows->status(), "read what was voided");
}

Status VoidedCheck::check(const SubmissionView& submission, const DigestReader& recorded) {
  const Hash digest = submission_digest(submission);
  if (const auto by = voided_.find(digest); by != voided_.end()) {
    return fail(Errc::rejected,
                "entry " + std::to_string(by->second) + " says that this submission was refused",
                "sign the events again in a submission of their own");
  }
  if (!submission.voids) return {};
  if (const auto by = voided_.find(*submission.voids); by != voided_.end()) {
    return fail(Errc::rejected,
                "submission " + submission.voids->hex() + " is voided by entry " +
                    std::to_string(by->second) + " already",
                "a refused submission is replaced once");
  }
  if (!recorded_) {
    recorded_.emplace();
    Status read = recorded([this](const Hash& known) { recorded_->insert(known); });
    if (!read) recorded_.reset();
    ASSAY_CHECK(std::move(read));
  }
  if (!recorded_->contains(*submission.voids)) return {};
  return fail(
      Errc::rejected,
      "submission " + submission.voids->hex() + " is voided as refused, but it stands in the log",
      "only a submission that the log refused can be voided");
}

void VoidedCheck::take(std::uint64_t index, const SubmissionView& submission,
                       const Store::Impl& store, rocksdb::WriteBatch& rows) {
  if (recorded_) recorded_->insert(submission_digest(submission));
  if (!submission.voids) return;
  voided_.emplace(*submission.voids, index);
  rows.Put(store.family(Family::voided), submission.voids->view(), view(index_key(index)));
}

}  // namespace assay::store
