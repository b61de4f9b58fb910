#include "ledger/verify/partial_entries.hpp"

#include "ledger/format/entry.hpp"

namespace assay::verify {

PartialEntries::PartialEntries(ClaimBook& book, SharedKeyring& keys)
    : book_(book), signatures_(book, keys), streams_(book) {}

void PartialEntries::take(Examined& examined) {
  if (examined.index == 0 && !examined.absent) {
    log_id_ = examined.leaf;
    log_id_hex_ = log_id_->hex();
    streams_.know_head(1, *log_id_, 0);
  }
  if (examined.unreadable) {
    take_unread(examined);
  } else {
    if (examined.index == 0) take_genesis(examined);
    take_place(examined);
    take_link(examined);
    take_undecodable(examined);
    signatures_.take(examined.index, examined);
    streams_.take(examined.index, examined);
    take_time(examined);
    take_clock_resets(examined);
    for (const Hash& digest : examined.files.digests) evidence_.name(digest, examined.index);
    for (const Notable& notable : examined.notables) take_notable(examined.index, notable.data);
    signed_.push_back({examined.entry.submission.key, examined.index, examined.entry.recorded_at});
  }
  ++counts_.entries;
  counts_.events += examined.event_count;
  counts_.entry_size_bytes += examined.size_bytes;
  last_ = examined.index;
  last_leaf_ = examined.absent ? std::nullopt : std::optional(examined.leaf);
}

void PartialEntries::take_unread(const Examined& examined) {
  Error error = *examined.unreadable;
  if (error.code == Errc::not_found) error.code = Errc::tampered_order;
  const std::string where = numbered(examined.index) +
                            (examined.absent ? " is not there, so " : " could not be read, so ");
  signatures_.miss_keys();
  clock_may_be_reset_ = true;  // what it said is not known
  book_.object({Claim::canonical_bytes, std::move(error)});
  ++links_open_;
  book_.leave_open(Claim::author_signatures, where + "its signatures are not known");
  book_.leave_open(Claim::time_order, where + "its time is not known");
  book_.leave_open(Claim::evidence_files, where + "what it names is not known");
  if (examined.index == 0) {
    book_.leave_open(Claim::log_signature, where + "the log's key is not known");
  }
}

void PartialEntries::take_genesis(const Examined& examined) {
  const bool first = !examined.notables.empty() && examined.notables.front().position == 0;
  const auto* const genesis =
      first ? event_if<events::LedgerCreated>(&examined.notables.front().data) : nullptr;
  if (genesis == nullptr) {
    book_.object({Claim::chain, Error{Errc::malformed,
                                      "entry 0 does not begin with ledger_created, so nothing "
                                      "says what log this is",
                                      {},
                                      0}});
    return;
  }
  origin_ = genesis->origin;
  log_keys_.begin(*genesis);
}

void PartialEntries::take_place(const Examined& examined) {
  const std::uint64_t index = examined.index;
  if (examined.entry.index != index) {
    book_.object(disagreement(Claim::canonical_bytes, Errc::tampered_order, index,
                              "the file of entry " + std::to_string(index) +
                                  " says that it is entry " + std::to_string(examined.entry.index),
                              std::to_string(index), std::to_string(examined.entry.index)));
  }
  const std::string& log = index == 0 ? origin_ : log_id_hex_;
  if (log.empty()) {
    book_.leave_open(Claim::author_signatures,
                     "entry 0 could not be read, so it is not known what log was meant");
  } else if (examined.log != log) {
    book_.object(disagreement(Claim::author_signatures, Errc::tampered_signature, index,
                              numbered(index) + " was signed for another log", log, examined.log));
  }
}

/// The hash that an entry names is that of the entry before, where that one is here.
void PartialEntries::take_link(const Examined& examined) {
  const std::uint64_t index = examined.index;
  const Hash& named = examined.entry.previous;
  if (index == 0) {
    if (origin_.empty()) return;
    ++links_checked_;
    if (named == origin_hash(origin_)) return;
    return book_.object(disagreement(Claim::chain, Errc::tampered_hash, 0,
                                     "entry 0 does not name the hash of the log's origin",
                                     origin_hash(origin_).hex(), named.hex()));
  }
  const bool follows = last_ && *last_ + 1 == index && last_leaf_;
  if (!follows) {
    ++links_open_;
    return;
  }
  ++links_checked_;
  if (named == *last_leaf_) return;
  book_.object(disagreement(
      Claim::chain, Errc::tampered_hash, index,
      numbered(index) + " names another hash than that of " + numbered(index - 1) + " before it",
      last_leaf_->hex(), named.hex()));
}

void PartialEntries::take_time(const Examined& examined) {
  const std::uint64_t index = examined.index;
  const Timestamp& now = examined.entry.recorded_at;
  const bool goes_back = last_recorded_at_ && now < *last_recorded_at_;
  if (goes_back) {
    const std::string what = numbered(index) + " was recorded before an entry that it follows";
    if (*last_ + 1 != index) {
      book_.leave_open(Claim::time_order,
                       what + "; whether the clock was reset between takes the entries between");
    } else if (clock_may_be_reset_) {
      book_.leave_open(Claim::time_order, what + "; whether a clock reset took effect with " +
                                              numbered(index - 1) + " takes the whole log to say");
    } else {
      book_.object(disagreement(Claim::time_order, Errc::tampered_order, index, what,
                                "not before " + last_recorded_at_->text(), now.text()));
    }
  }
  last_recorded_at_ = now;
}

void PartialEntries::take_clock_resets(const Examined& examined) {
  clock_may_be_reset_ = examined.undecodable.has_value();
  for (const Notable& notable : examined.notables) {
    // What an endorsement completes may be a reset that is not among these entries.
    clock_may_be_reset_ = clock_may_be_reset_ ||
                          event_if<events::ClockReset>(&notable.data) != nullptr ||
                          event_if<events::DecisionEndorsed>(&notable.data) != nullptr;
  }
}

void PartialEntries::take_undecodable(const Examined& examined) {
  for (const auto& error : {examined.undecodable, examined.files.undecodable}) {
    if (!error) continue;
    book_.leave_open(Claim::evidence_files,
                     numbered(examined.index) + " may name files: " + error->message,
                     error->code == Errc::unsupported);
  }
}

void PartialEntries::take_notable(std::uint64_t index, const EventData& event) {
  evidence_.take(index, event);
  if (const auto* rotated = event_if<events::LogKeyRotated>(&event)) {
    if (Status status = log_keys_.rotate(index, *rotated); !status) {
      book_.object({Claim::log_signature, std::move(status).error().at_entry(index)});
    }
  } else if (const auto* revoked = event_if<events::KeyRevoked>(&event)) {
    if (revoked->compromised_since) {
      compromised_.push_back({revoked->key, index, *revoked->compromised_since});
    }
  }
}

void PartialEntries::finish() {
  if (links_open_ == 0) return;
  book_.leave_open(Claim::chain, "what " + std::to_string(links_open_) +
                                     (links_open_ == 1 ? " other entry names" : " others name") +
                                     " is the hash of an entry that this bundle does not have");
}

Counts PartialEntries::counts() const noexcept {
  Counts counts = counts_;
  counts.signatures = signatures_.good_count();
  return counts;
}

std::vector<Taint> PartialEntries::tainted(std::uint64_t log_size) const {
  std::vector<Taint> taints;
  for (const Compromise& compromise : compromised_) {
    Taint taint{compromise.key, compromise.since, compromise.revoked_by, {}, {}, 0};
    for (const Signed& entry : signed_) {
      if (entry.key == compromise.key && entry.recorded_at >= compromise.since) {
        taint.entries.push_back(entry.entry);
      }
    }
    taint.unread = log_size > signed_.size() ? log_size - signed_.size() : 0;
    taints.push_back(std::move(taint));
  }
  return taints;
}

}  // namespace assay::verify
