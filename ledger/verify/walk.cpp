#include "ledger/verify/walk.hpp"

#include <algorithm>
#include <utility>

namespace assay::verify {
namespace {

/// However many authors say so, a hundred of them are enough to look at.
constexpr std::size_t kSeenOtherwiseKept = 100;

merkle::CompactRange start_range(const VerifierState* start) {
  if (start == nullptr) return {};
  auto range = range_of(*start);
  ASSAY_ASSERT(range.has_value());
  return *std::move(range);
}

/// What refuses a submission that is to be appended is evidence where it stands in the log.
Errc in_the_log(Errc code) { return code == Errc::forked ? code : Errc::tampered_order; }

}  // namespace

Walk::Walk(Parts parts, const VerifierState* start)
    : parts_(std::move(parts)),
      range_(start_range(start)),
      roots_(range_.head(), parts_.nodes),
      links_(parts_.book, parts_.nodes),
      signatures_(parts_.book, parts_.keys) {
  if (start == nullptr) return;
  state_ = *start;
  state_.range.clear();
  evidence_ = EvidenceList(std::exchange(state_.evidence, {}));
  voided_ = VoidedSubmissions(std::exchange(state_.voided, {}));
  position_ = start->size;
  log_id_ = start->log_id;
  log_id_hex_ = start->log_id.hex();
  links_.expect(start->last_leaf);
}

void Walk::take(Examined& examined) {
  ASSAY_ASSERT(examined.index == position_);
  if (position_ == 0 && !examined.absent) {
    log_id_ = examined.leaf;
    log_id_hex_ = log_id_->hex();
  }
  if (examined.unreadable) {
    take_unread(examined);
  } else {
    if (position_ == 0) take_genesis(examined);
    take_place(examined);
    if (examined.undecodable) take_undecodable(*examined.undecodable);
    signatures_.take(position_, examined);
    take_retirements(examined.notables);
    take_stream(examined);
    take_time(examined.entry);
    take_clock_resets(examined.notables);
    take_files(examined.files);
    for (const Notable& notable : examined.notables) {
      take_notable(notable.data);
      take_statement(notable, examined.entry.submission.key);
    }
    refold(examined);
    state_.last_recorded_at = examined.entry.recorded_at;
  }
  ++counts_.entries;
  counts_.events += examined.event_count;
  counts_.entry_size_bytes += examined.size_bytes;
  ++position_;
  if (!examined.absent) grow(examined.leaf);
}

void Walk::take_unread(const Examined& examined) {
  Error error = *examined.unreadable;
  const std::string where = numbered(examined.index);
  const auto reason = [&](std::string_view what) {
    return where + (examined.absent ? " is not there" : " could not be read") + ", " +
           std::string(what);
  };
  signatures_.miss_keys();
  if (!stopped_) stopped_ = examined.index;
  state_.clock_may_be_reset = true;  // what it said is not known
  links_.take_unread(examined.absent ? std::nullopt : std::optional(examined.leaf));
  if (examined.absent) {
    tree_broken_ = true;
    if (error.code == Errc::not_found) error.code = Errc::tampered_order;
    parts_.book.leave_open(Claim::tree, reason("so no later root can be computed"));
  }
  parts_.book.object({Claim::canonical_bytes, std::move(error)});
  parts_.book.leave_open(Claim::chain, reason("so its link is not known"));
  parts_.book.leave_open(Claim::author_signatures, reason("so its signatures are not known"));
  parts_.book.leave_open(Claim::author_streams, reason("so its author is not known"));
  parts_.book.leave_open(Claim::time_order, reason("so its time is not known"));
  parts_.book.leave_open(Claim::evidence_files, reason("so what it names is not known"));
  if (examined.index == 0) {
    parts_.book.leave_open(Claim::log_signature, reason("so the log's key is not known"));
  }
}

void Walk::take_genesis(const Examined& examined) {
  const bool first = !examined.notables.empty() && examined.notables.front().position == 0;
  const auto* const genesis =
      first ? event_if<events::LedgerCreated>(&examined.notables.front().data) : nullptr;
  if (genesis == nullptr) {
    parts_.book.object(
        {Claim::chain, Error{Errc::malformed,
                             "entry 0 does not begin with ledger_created, so nothing "
                             "says what log this is",
                             {},
                             0}});
    return;
  }
  state_.origin = genesis->origin;
  state_.log_keys.begin(*genesis);
  links_.expect(origin_hash(genesis->origin));
}

void Walk::take_place(const Examined& examined) {
  const EntryView& entry = examined.entry;
  if (entry.index != position_) {
    parts_.book.object(disagreement(Claim::canonical_bytes, Errc::tampered_order, position_,
                                    "the entry at place " + std::to_string(position_) +
                                        " says that it is entry " + std::to_string(entry.index),
                                    std::to_string(position_), std::to_string(entry.index)));
  }
  links_.take(position_, entry.previous, examined.leaf, sealed_size_);
  const std::string& log = position_ == 0 ? state_.origin : log_id_hex_;
  if (log.empty()) {
    parts_.book.leave_open(Claim::author_signatures,
                           "entry 0 could not be read, so it is not known what log was meant");
  } else if (examined.log != log && examined.log != other_log_) {
    other_log_ = examined.log;  // named once, not for every entry that follows
    parts_.book.object(disagreement(Claim::author_signatures, Errc::tampered_signature, position_,
                                    numbered(position_) + " was signed for another log", log,
                                    examined.log));
  }
}

void Walk::take_time(const EntryView& entry) {
  if (position_ > 0 && entry.recorded_at < state_.last_recorded_at) {
    const std::string what = numbered(position_) + " was recorded before the entry that it follows";
    const bool judged = parts_.rules != nullptr && !stopped_;
    if (judged ? !parts_.rules->clock_was_reset() : !state_.clock_may_be_reset) {
      parts_.book.object(disagreement(Claim::time_order, Errc::tampered_order, position_, what,
                                      "not before " + state_.last_recorded_at.text(),
                                      entry.recorded_at.text()));
    } else if (!judged) {
      parts_.book.leave_open(Claim::time_order, what + "; whether a clock reset took effect with " +
                                                    numbered(position_ - 1) +
                                                    " takes a refold to say");
    }
  }
}

/// A reset allows exactly the entry after the one that completes its threshold to go back. Without
/// rules nobody knows which one that is, but it says the reset itself or endorses it.
void Walk::take_clock_resets(const std::vector<Notable>& notables) {
  state_.clock_may_be_reset = false;
  for (const Notable& notable : notables) {
    if ((event_if<events::ClockReset>(&notable.data) != nullptr)) {
      state_.clock_resets.insert({position_, notable.position});
      state_.clock_may_be_reset = true;
    } else if (const auto* endorsed = event_if<events::DecisionEndorsed>(&notable.data)) {
      state_.clock_may_be_reset |= state_.clock_resets.contains(endorsed->target);
    }
  }
}

void Walk::take_undecodable(const Error& error) {
  parts_.book.leave_open(Claim::evidence_files,
                         numbered(position_) + " may name files: " + error.message);
  if (error.code != Errc::unsupported) {
    parts_.book.object({Claim::invariants, error});
    return;
  }
  // Neither who might say it nor what it changes is known to this build.
  if (parts_.rules != nullptr) {
    parts_.book.leave_open(Claim::authority, error.message, true);
    parts_.book.leave_open(Claim::invariants, error.message, true);
  }
  if (!parts_.projections.empty()) {
    parts_.book.leave_open(Claim::projections, error.message, true);
  }
}

/// A retirement states where its key's stream ended, so that nothing can be cut from that end
/// later. A key that retires itself accounts for what it said before.
void Walk::take_retirements(const std::vector<Notable>& notables) {
  for (const Notable& notable : notables) {
    const auto* const retired = event_if<events::KeyRetired>(&notable.data);
    if (retired == nullptr) continue;
    const StreamHead made = state_.authors.head(retired->key);
    const std::uint64_t stated = retired->last_hash.is_zero() ? 0 : retired->last_sequence + 1;
    if (stated == made.count && retired->last_hash == made.last) continue;
    const std::string what = numbered(position_) + " retires key " + retired->key.hex() +
                             " after other submissions than it made here";
    if (stopped_) {
      parts_.book.leave_open(Claim::author_streams,
                             what + "; they may be in " + numbered(*stopped_) + " or after it");
      continue;
    }
    parts_.book.object(disagreement(
        Claim::author_streams, Errc::tampered_order, position_, what,
        std::to_string(made.count) + " submissions, the last " + made.last.hex(),
        std::to_string(stated) + " submissions, the last " + retired->last_hash.hex()));
  }
}

void Walk::take_stream(const Examined& examined) {
  const SubmissionView& submission = examined.entry.submission;
  if (Status status = state_.authors.check(submission, position_); !status) {
    const StreamHead at = state_.authors.head(submission.key);
    Error error = std::move(status).error().at_entry(position_);
    error.code = in_the_log(error.code);
    error.hint.clear();
    parts_.book.object({Claim::author_streams, std::move(error),
                        "sequence " + std::to_string(at.count) + " after " + at.last.hex(),
                        "sequence " + std::to_string(submission.sequence) + " after " +
                            submission.previous.hex()});
  }
  voided_.take(position_, submission, examined.digest, parts_.book);
  take_seen(examined.entry);
  // Goes on from what stands here, so that one gap is one objection.
  StreamHead next = state_.authors.head(submission.key);
  // A number that is itself the largest integer is no reason to write a state with a larger one.
  next.count = std::min(submission.sequence + 1, std::uint64_t{limits::kIntegerMax});
  next.last = examined.digest;
  if (submission.seen) next.seen_size = std::max(next.seen_size, submission.seen->size);
  state_.authors.set(submission.key, next);
}

void Walk::take_seen(const EntryView& entry) {
  const std::optional<Seen>& seen = entry.submission.seen;
  if (!seen || seen->size > position_) return;  // beyond the log: the stream objects already
  if (tree_broken_ && seen->size > roots_.head().size) return;
  const Result<Hash> root = roots_.at(seen->size);
  if (!root) {
    parts_.book.leave_open(Claim::author_streams,
                           numbered(position_) + " says what its author had seen at size " +
                               std::to_string(seen->size) + ": " + root.error().message);
  } else if (*root != seen->root && seen_otherwise_.size() < kSeenOtherwiseKept) {
    seen_otherwise_.push_back({position_, *seen, *root});
  }
}

void Walk::take_files(const NamedFiles& files) {
  for (const Hash& digest : files.digests) evidence_.name(digest, position_);
  if (!files.undecodable) return;
  Error error = Error(*files.undecodable).at_entry(position_);
  parts_.book.leave_open(Claim::evidence_files,
                         numbered(position_) + " may name files: " + error.message);
  // Rules decode it too, and object themselves.
  const bool judged = parts_.rules != nullptr && !stopped_;
  if (!judged) parts_.book.object({Claim::invariants, std::move(error)});
}

void Walk::take_notable(const EventData& event) {
  evidence_.take(position_, event);
  if (const auto* rotated = event_if<events::LogKeyRotated>(&event)) {
    if (Status status = state_.log_keys.rotate(position_, *rotated); !status) {
      parts_.book.object({Claim::log_signature, std::move(status).error().at_entry(position_)});
    }
  } else if (const auto* revoked = event_if<events::KeyRevoked>(&event)) {
    if (revoked->compromised_since) {
      state_.compromised.push_back({revoked->key, position_, *revoked->compromised_since});
    }
  }
}

void Walk::take_statement(const Notable& notable, const Hash& author) {
  if (!parts_.stated) return;
  if (event_if<events::StatesAttested>(&notable.data) == nullptr &&
      event_if<events::CorrectionRecorded>(&notable.data) == nullptr) {
    return;
  }
  parts_.stated({position_, notable.position}, author, notable.data);
}

void Walk::refold(Examined& examined) {
  if (stopped_) return;
  examined.entry.index = position_;  // where it says another, that has been objected to
  if (parts_.rules != nullptr) {
    for (Objection& objection : parts_.rules->admit(examined.entry, OnObjection::keep_on)) {
      parts_.book.object(std::move(objection));
    }
  }
  for (ProjectionCheck* const projection : parts_.projections) projection->fold(examined.entry);
}

void Walk::grow(const Hash& leaf) {
  state_.last_leaf = leaf;
  if (tree_broken_) return;
  range_.append(leaf);
  roots_.push(range_.root());
  if (parts_.reached(range_.size(), roots_.head().root)) sealed_size_ = range_.size();
}

void Walk::finish() { links_.finish(); }

VerifierState Walk::state() const {
  VerifierState state = state_;
  state.evidence = evidence_.all();
  state.keys = parts_.keys.known();
  if (log_id_) state.log_id = *log_id_;
  state.range.assign(range_.hashes().begin(), range_.hashes().end());
  state.size = range_.size();
  state.voided = voided_.known();
  return state;
}

}  // namespace assay::verify
