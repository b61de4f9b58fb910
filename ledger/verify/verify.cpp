#include "ledger/verify/verify.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "ledger/base/words.hpp"
#include "ledger/verify/checkpoint_list.hpp"
#include "ledger/verify/evidence_check.hpp"
#include "ledger/verify/outside.hpp"
#include "ledger/verify/pin_check.hpp"
#include "ledger/verify/stated_digests.hpp"
#include "ledger/verify/tainted.hpp"
#include "ledger/verify/verdicts.hpp"
#include "ledger/verify/walk.hpp"
#include "ledger/verify/waves.hpp"

namespace assay::verify {
namespace {

/// Claims that are about every entry, and so are open when some could not be read.
constexpr Claim kOverEntries[] = {
    Claim::canonical_bytes, Claim::chain,      Claim::tree,          Claim::author_signatures,
    Claim::author_streams,  Claim::time_order, Claim::evidence_files};

class Run {
 public:
  Run(const Source& source, const VerifierFactory& factory, const Options& options, Rules* rules,
      std::span<ProjectionCheck* const> projections)
      : source_(source),
        factory_(factory),
        options_(options),
        rules_(rules),
        projections_(projections),
        book_(options.objections_kept),
        keys_(factory),
        start_size_(options.start == nullptr ? 0 : options.start->size),
        pin_(options) {}

  Report run();

 private:
  void learn_start_keys();
  void read_notes();
  void read_entries();
  void look_at_end();
  bool reached(std::uint64_t size, const Hash& root);
  void take_statement(const EventId& event, const Hash& author, const EventData& data);
  [[nodiscard]] std::vector<NamedDigest> digests() const;
  void check_tail();
  void check_seen();
  void check_refold();
  void check_witnesses(const LogKeyVerifiers& log_keys);
  void check_files();
  void check_indexes();
  void check_beside();
  void list_tainted();
  void note_interruption();
  [[nodiscard]] Report report();
  [[nodiscard]] RunFacts facts() const;

  const Source& source_;
  const VerifierFactory& factory_;
  const Options& options_;
  Rules* rules_;
  std::span<ProjectionCheck* const> projections_;

  ClaimBook book_;
  SharedKeyring keys_;
  std::uint64_t start_size_;
  std::uint64_t size_ = 0;
  std::optional<Error> interrupted_;
  std::optional<CheckpointList> checkpoints_;
  std::optional<StatedDigests> stated_;
  std::optional<Walk> walk_;
  PinCheck pin_;
  std::optional<std::uint64_t> seal_size_;  // where `sealed_` is to be taken
  std::optional<Report::Sealed> sealed_;
  std::vector<Taint> tainted_;
  Counts counts_;
  std::uint64_t covered_size_ = 0;  // of the largest checkpoint that is proved
  QuorumFound quorum_;
  bool has_indexes_ = false;
};

Report Run::run() {
  if (Result<std::uint64_t> size = source_.size()) {
    size_ = *size;
  } else {
    interrupted_ = std::move(size).error();
  }
  learn_start_keys();
  read_notes();
  walk_.emplace(
      Walk::Parts{book_, keys_, rules_, projections_, source_.nodes(),
                  [this](std::uint64_t at, const Hash& root) { return reached(at, root); },
                  [this](const EventId& event, const Hash& author, const EventData& data) {
                    take_statement(event, author, data);
                  }},
      options_.start);
  reached(walk_->head().size, walk_->head().root);
  if (!interrupted_) read_entries();
  walk_->finish();
  counts_ = walk_->counts();
  const LogKeyVerifiers log_keys({walk_->origin(), walk_->log_keys(), walk_->log_key_history()},
                                 factory_, book_);
  checkpoints_->check_signatures(log_keys, options_.threads, book_);
  checkpoints_->check_roots(source_, size_, book_);
  counts_.checkpoints = checkpoints_->good_count();
  check_tail();
  check_seen();
  if (!interrupted_) walk_->voided().finish(source_, book_);
  check_refold();
  stated_->finish(start_size_, walk_->head().size, book_);
  pin_.finish({*walk_, *checkpoints_, log_keys, size_, start_size_, interrupted_.has_value()},
              book_);
  check_identity(walk_->log_id(), options_, book_);
  check_witnesses(log_keys);
  if (options_.evidence) check_files();
  check_indexes();
  check_beside();
  note_interruption();
  list_tainted();
  return report();
}

void Run::learn_start_keys() {
  if (options_.start == nullptr) return;
  for (const auto& [key, spki] : options_.start->keys) {
    if (Status status = keys_.add(key, spki.bytes); !status) {
      book_.object({Claim::author_signatures, std::move(status).error().in("key " + key.hex())});
    }
  }
}

void Run::read_notes() {
  std::vector<std::string> notes;
  if (auto kept = source_.checkpoints()) {
    notes = *std::move(kept);
  } else {
    book_.leave_open(Claim::tree, kept.error().message, true);
    book_.leave_open(Claim::log_signature, kept.error().message, true);
  }
  checkpoints_.emplace(notes, start_size_, book_);
  if (options_.seal) seal_size_ = checkpoints_->largest_up_to(size_);
  std::vector<StatedDigest> stated;
  if (auto from_source = source_.stated_digests()) {
    stated = *std::move(from_source);
  } else {
    book_.leave_open(Claim::projections, from_source.error().message, true);
  }
  if (options_.pin != nullptr) {
    for (const NamedDigest& state : options_.pin->states) {
      stated.push_back({state.name, options_.pin->checkpoint.size, state.digest, "the pin"});
    }
  }
  std::vector<std::uint64_t> attested_sizes;
  auto from_index =
      projections_.empty() ? Result<std::vector<std::uint64_t>>() : source_.attested_sizes();
  if (from_index) {
    attested_sizes = *std::move(from_index);
  } else {
    book_.leave_open(Claim::projections, from_index.error().message, true);
  }
  stated_.emplace(std::move(stated), std::move(attested_sizes));
}

void Run::read_entries() {
  if (size_ < start_size_) {
    book_.object(disagreement(Claim::tree, Errc::tampered_order, size_,
                              "entries that an earlier run has verified are not there",
                              std::to_string(start_size_) + " entries",
                              std::to_string(size_) + " entries"));
    return;
  }
  if (size_ == start_size_) return look_at_end();
  const WaveJob job{source_,
                    keys_,
                    start_size_,
                    size_,
                    rules_ != nullptr || !projections_.empty() ? Keep::bytes : Keep::values,
                    options_.threads,
                    [this](Examined& examined) { walk_->take(examined); },
                    [this](std::uint64_t next) {
                      if (options_.progress) options_.progress(next, size_);
                    }};
  if (Status status = read_in_waves(job); !status) interrupted_ = std::move(status).error();
}

/// Where nothing is new, that the log is still there is all that can be asked: its last entry is
/// read again. Whether the others are, a run from the beginning tells.
void Run::look_at_end() {
  if (size_ == 0) return;
  std::optional<Hash> leaf;
  Status status = source_.read(size_ - 1, size_, [&](std::uint64_t, std::string_view bytes) {
    leaf = merkle::leaf_hash(bytes);
  });
  const std::uint64_t entry = size_ - 1;
  if (!status && is_evidence(status.error().code)) {
    Error error = std::move(status).error().at_entry(entry);
    if (error.code == Errc::not_found) error.code = Errc::tampered_order;
    book_.object({Claim::canonical_bytes, std::move(error)});
  } else if (!status) {
    interrupted_ = std::move(status).error();
  } else if (leaf != options_.start->last_leaf) {
    book_.object(disagreement(Claim::canonical_bytes, Errc::tampered_hash, entry,
                              numbered(entry) + " is not the one that an earlier run verified",
                              options_.start->last_leaf.hex(), leaf ? leaf->hex() : "nothing"));
  }
}

bool Run::reached(std::uint64_t size, const Hash& root) {
  pin_.reached({size, root}, walk_->origin());
  const bool seal = seal_size_ == size;
  const bool refolded = !walk_->refold_stopped();
  if (refolded && (seal || stated_->any_at(size))) {
    std::vector<NamedDigest> now = digests();
    stated_->compare(size, now, book_);
    if (seal) sealed_ = Report::Sealed{{}, {size, root}, walk_->state(), std::move(now)};
  }
  return checkpoints_->reached(size, root);
}

/// Most attestations are about the log before their own entry, which is where the fold stands now:
/// they can be judged even where no index announced them.
void Run::take_statement(const EventId& event, const Hash& author, const EventData& data) {
  if (const auto* correction = event_if<events::CorrectionRecorded>(&data)) {
    return stated_->take_back(correction->target, author, event);
  }
  const auto& attested = *event_if<events::StatesAttested>(&data);
  const bool stands_there = attested.size == event.entry && !walk_->refold_stopped();
  if (stands_there && !projections_.empty() && !stated_->has_digests_of(attested.size)) {
    stated_->compare(attested.size, digests(), book_);
  }
  stated_->take(event, author, attested, book_);
}

std::vector<NamedDigest> Run::digests() const {
  std::vector<NamedDigest> digests{{std::string(kVerifierStateName), state_digest(walk_->state())}};
  for (const ProjectionCheck* const projection : projections_) {
    std::ranges::move(projection->digests(), std::back_inserter(digests));
  }
  std::ranges::sort(digests);
  return digests;
}

/// Entries that the log's key has not signed for yet may still be taken back.
void Run::check_tail() {
  const CheckpointList::Kept* const last = checkpoints_->sealed();
  if (last == nullptr) return;
  covered_size_ = last->stated.size;
  const std::uint64_t size = walk_->head().size;
  if (covered_size_ >= size) return;
  book_.leave_open(Claim::tree, std::to_string(size - covered_size_) + " of the " +
                                    std::to_string(size) + " entries, from entry " +
                                    std::to_string(covered_size_) +
                                    " on, which no checkpoint covers");
}

/// An author who had seen another root than the entries have has signed evidence of a second
/// history, unless the entries are damaged anyway.
void Run::check_seen() {
  const std::optional<std::uint64_t> damage = book_.first_damage();
  for (const Walk::SeenOtherwise& other : walk_->seen_otherwise()) {
    const bool damaged = damage && *damage < other.seen.size;
    book_.object(disagreement(Claim::author_streams, damaged ? Errc::tampered_hash : Errc::forked,
                              damaged ? *damage : other.entry,
                              "the author of entry " + std::to_string(other.entry) +
                                  " had seen another root at size " +
                                  std::to_string(other.seen.size),
                              other.seen.root.hex(), other.root.hex()));
  }
}

void Run::check_refold() {
  const std::optional<std::uint64_t> stopped = walk_->refold_stopped();
  if (!stopped || (rules_ == nullptr && projections_.empty())) return;
  const std::string reason =
      numbered(*stopped) + " could not be read, so nothing after it was refolded";
  if (rules_ != nullptr) {
    book_.leave_open(Claim::authority, reason);
    book_.leave_open(Claim::invariants, reason);
  }
  book_.leave_open(Claim::projections, reason);
}

void Run::check_witnesses(const LogKeyVerifiers& log_keys) {
  const CheckpointList::Kept* const last = checkpoints_->sealed();
  if (last == nullptr) return;
  quorum_ = check_quorum(last->note, log_keys, keys_.known(), options_, factory_, book_);
}

void Run::check_files() {
  std::vector<EvidenceItem> items = walk_->evidence().items();
  const auto before_start = [&](const EvidenceItem& item) {
    const bool disputed_since = item.contradicted && item.contradicted->entry >= start_size_;
    return item.entry < start_size_ && !disputed_since;
  };
  if (!options_.evidence_before_start) {
    if (const std::size_t unread = std::erase_if(items, before_start); unread > 0) {
      book_.leave_open(Claim::evidence_files,
                       std::to_string(unread) + (unread == 1 ? " file" : " files") +
                           " named before entry " + std::to_string(start_size_) +
                           ", where this run began, which it did not read");
    }
  }
  check_evidence(source_, items, options_.threads, book_, counts_);
}

/// What compromised keys signed, from before the start of this run too.
void Run::list_tainted() {
  for (const Compromise& compromise : walk_->compromised()) {
    tainted_.push_back({compromise.key, compromise.since, compromise.revoked_by, {}, {}, 0});
  }
  const std::uint64_t size = std::min(walk_->position(), size_);
  if (Status listed = find_tainted(source_, size, tainted_); !listed) {
    book_.leave_open(
        Claim::authority,
        "what compromised keys signed could be listed in part only: " + listed.error().message,
        true);
  }
  for (Taint& taint : tainted_) {
    if (rules_ != nullptr) taint.resting = rules_->resting_on(taint.entries);
  }
}

void Run::check_indexes() {
  // Of a log that is shorter than the state to start from, no index was followed to its end.
  if (!options_.indexes || interrupted_ || size_ < start_size_) return;
  auto found = source_.check_indexes(walk_->state());
  if (found) {
    has_indexes_ = true;
    for (Objection& objection : *found) book_.object(std::move(objection));
  } else if (found.error().code != Errc::not_found) {
    book_.leave_open(Claim::indexes, found.error().message, true);
  }
}

void Run::check_beside() {
  if (interrupted_) return;
  BesideLog beside = source_.check_beside(walk_->state());
  for (Objection& objection : beside.objections) book_.object(std::move(objection));
  for (OpenPart& part : beside.open) {
    book_.leave_open(part.claim, std::move(part.reason), part.could_not_look);
  }
}

void Run::note_interruption() {
  if (!interrupted_) return;
  const std::string reason =
      (interrupted_->entry ? "reading stopped at entry " + std::to_string(*interrupted_->entry)
                           : std::string("the log could not be read")) +
      ": " + interrupted_->message;
  for (const Claim claim : kOverEntries) book_.leave_open(claim, reason, true);
  if (rules_ != nullptr) {
    book_.leave_open(Claim::authority, reason, true);
    book_.leave_open(Claim::invariants, reason, true);
  }
  if (pin_.is_open()) book_.leave_open(Claim::pin, reason, true);
}

RunFacts Run::facts() const {
  RunFacts facts;
  facts.start_size = start_size_;
  facts.checked = counts_;
  facts.covered_size = covered_size_;
  facts.log_key_count = walk_->log_keys().all().size();
  const LogKeyHistory* const history = walk_->log_key_history();
  facts.log_key_history = history != nullptr && !history->empty();
  facts.refolded = rules_ != nullptr;
  facts.digests_compared = stated_->compared_count();
  facts.evidence_asked = options_.evidence;
  facts.indexes_asked = options_.indexes;
  facts.has_indexes = has_indexes_;
  if (options_.pin != nullptr) facts.pin_size = options_.pin->checkpoint.size;
  facts.pin_words_size = pin_.words_size();
  if (options_.log_id) facts.identity_bytes = options_.log_id->size();
  if (options_.pin != nullptr) facts.identity_bytes = Hash::kSizeBytes;
  if (walk_->log_id()) facts.words = words_of(*walk_->log_id());
  facts.witnesses_found = quorum_.witnesses;
  facts.witness_quorum = options_.witness_quorum;
  facts.policy_answer = quorum_.policy;
  return facts;
}

Report Run::report() {
  Report report;
  report.claims = conclude(book_, facts());
  report.checked = counts_;
  report.objection_count = book_.objection_count();
  report.objections = book_.take_objections();
  report.interrupted = interrupted_;
  report.size = size_;
  if (options_.start != nullptr) report.start = range_of(*options_.start)->head();
  report.head = walk_->head();
  report.origin = walk_->origin();
  report.log_id = walk_->log_id();
  report.tainted = std::move(tainted_);
  const Verdict pin = report[Claim::pin].verdict;
  if (pin == Verdict::proved) report.pinned_size = options_.pin->checkpoint.size;
  if (pin == Verdict::assumed) report.pinned_size = pin_.words_size();
  const CheckpointList::Kept* const last = checkpoints_->sealed();
  if (sealed_ && last != nullptr && last->stated.head() == sealed_->head && !interrupted_ &&
      report.nothing_failed()) {
    sealed_->note = last->note;
    report.sealed = std::move(sealed_);
  }
  return report;
}

}  // namespace

Report verify_log(const Source& source, const VerifierFactory& factory, const Options& options,
                  Rules* rules, std::span<ProjectionCheck* const> projections) {
  return Run(source, factory, options, rules, projections).run();
}

}  // namespace assay::verify
