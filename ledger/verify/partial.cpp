#include "ledger/verify/partial.hpp"

#include <algorithm>

#include "ledger/base/limits.hpp"
#include "ledger/base/parallel.hpp"
#include "ledger/base/words.hpp"
#include "ledger/format/note.hpp"
#include "ledger/verify/evidence_check.hpp"
#include "ledger/verify/outside.hpp"
#include "ledger/verify/partial_entries.hpp"
#include "ledger/verify/partial_files.hpp"
#include "ledger/verify/partial_proof.hpp"
#include "ledger/verify/partial_statements.hpp"
#include "ledger/verify/partial_verdicts.hpp"

namespace assay::verify {
namespace {

/// Entries examined at a time, by several threads.
constexpr std::size_t kAtATime = 256;

/// The evidence files of a bundle, for the check that a store's go through.
class BundledFiles final : public Source {
 public:
  BundledFiles(const FileTree& bag, const BundleIndex* index) : bag_(bag), index_(index) {}
  [[nodiscard]] Result<std::uint64_t> size() const override { return 0; }
  [[nodiscard]] Status read(std::uint64_t, std::uint64_t, const EntrySink&) const override {
    return fail(Errc::not_found, "a bundle has some entries only");
  }
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override {
    return std::vector<std::string>{};
  }
  [[nodiscard]] EvidenceHeld evidence_held() const override { return EvidenceHeld::all; }
  [[nodiscard]] Status read_evidence(const Hash& digest, const ChunkSink& sink) const override {
    return bag_.stream("data/evidence/" + digest.hex(), kAnySize, sink);
  }
  [[nodiscard]] std::optional<std::string> withheld(const Hash& digest) const override {
    const std::string* const reason =
        index_ == nullptr ? nullptr : index_->evidence.reason_for(digest);
    return reason == nullptr ? std::nullopt : std::optional(*reason);
  }

 private:
  /// The log states sizes; what it does not state one for is bounded by the bag.
  static constexpr std::uint64_t kAnySize = std::uint64_t{1} << 62U;

  const FileTree& bag_;
  const BundleIndex* index_;
};

class PartialRun {
 public:
  PartialRun(const FileTree& bag, const std::vector<BagFile>& files, const VerifierFactory& factory,
             const Options& options)
      : bag_(bag),
        files_(files),
        factory_(factory),
        options_(options),
        book_(options.objections_kept),
        keys_(factory),
        entries_(book_, keys_) {}

  Result<PartialReport> run();

 private:
  [[nodiscard]] Status read_index();
  [[nodiscard]] Status read_checkpoint();
  [[nodiscard]] std::vector<std::uint64_t> listed() const;
  void read_entries(const std::vector<std::uint64_t>& indexes);
  void settle(BundledEntry& entry);
  void check_checkpoint();
  void check_files();
  [[nodiscard]] Report report();

  const FileTree& bag_;
  const std::vector<BagFile>& files_;
  const VerifierFactory& factory_;
  const Options& options_;
  ClaimBook book_;
  SharedKeyring keys_;
  PartialEntries entries_;
  std::optional<BundleIndex> index_;
  std::optional<BundledCheckpoint> checkpoint_;
  std::optional<Error> interrupted_;
  Counts counts_;
  bool checkpoint_good_ = false;
  QuorumFound quorum_;
  std::optional<std::uint64_t> pin_words_size_;  ///< of the head that has the words given
};

Result<PartialReport> PartialRun::run() {
  ASSAY_TRY(std::vector<Objection> differences, check_bag(bag_, files_));
  for (Objection& objection : differences) book_.object(std::move(objection));
  ASSAY_CHECK(read_index());
  ASSAY_CHECK(read_checkpoint());
  const std::vector<std::uint64_t> indexes = listed();
  check_names(files_, indexes, book_);
  read_entries(indexes);
  entries_.finish();
  counts_ = entries_.counts();
  check_checkpoint();
  const BundledCheckpoint* const checkpoint = checkpoint_ ? &*checkpoint_ : nullptr;
  ASSAY_CHECK(
      check_vkey(bag_, entries_, checkpoint == nullptr ? 0 : checkpoint->stated.size, book_));
  if (index_) check_index(*index_, entries_, checkpoint, book_);
  check_identity(entries_.log_id(), options_, book_);
  if (options_.pin != nullptr) {
    check_bundled_pin(*options_.pin, checkpoint, checkpoint_good_, book_);
  }
  if (options_.pin_words) {
    pin_words_size_ = check_bundled_pin_words(*options_.pin_words, entries_.origin(), checkpoint,
                                              checkpoint_good_, book_);
  }
  if (options_.evidence) check_files();
  return PartialReport{report(), index_};
}

/// What is wrong with bundle.json is a difference between it and the entries, so a failure of the
/// claim `tree`: nobody says any more which entries there should be.
Status PartialRun::read_index() {
  const auto text = bag_.read("data/bundle.json", kBundleIndexSizeBytes);
  if (!text && !looked(text.error().code)) return std::unexpected(text.error());
  auto index =
      text ? parse_bundle_index(*text) : Result<BundleIndex>(std::unexpected(text.error()));
  if (index) {
    index_ = *std::move(index);
  } else {
    Error error = std::move(index).error().in("data/bundle.json");
    error.code = error.code == Errc::not_found ? Errc::tampered_order : Errc::tampered_hash;
    book_.object({Claim::tree, std::move(error)});
  }
  return {};
}

Status PartialRun::read_checkpoint() {
  auto note = bag_.read("data/checkpoint", limits::kNoteSizeBytes);
  if (!note && !looked(note.error().code)) return std::unexpected(note.error());
  if (!note) {
    book_.object(
        {Claim::tree, Error{Errc::tampered_order, "the bundle has no checkpoint", {}, {}}});
    return {};
  }
  const auto parsed = parse_note(*note);
  auto stated =
      parsed ? parse_checkpoint(parsed->text) : Result<Checkpoint>(std::unexpected(parsed.error()));
  if (stated) {
    checkpoint_ = BundledCheckpoint{*std::move(note), *std::move(stated)};
  } else {
    book_.object({Claim::log_signature, std::move(stated).error().in("data/checkpoint")});
  }
  return {};
}

/// As bundle.json says, or else as the names of the files do.
std::vector<std::uint64_t> PartialRun::listed() const {
  return index_ ? index_->entries : entries_by_name(files_);
}

void PartialRun::read_entries(const std::vector<std::uint64_t>& indexes) {
  const BundledCheckpoint* const checkpoint = checkpoint_ ? &*checkpoint_ : nullptr;
  std::vector<BundledEntry> wave(std::min(kAtATime, indexes.size()));
  for (std::size_t begin = 0; begin < indexes.size(); begin += wave.size()) {
    const std::size_t count = std::min(wave.size(), indexes.size() - begin);
    for_each_index(options_.threads, count, [&](std::size_t i) {
      examine_bundled(bag_, indexes[begin + i], checkpoint, keys_, wave[i]);
    });
    for (std::size_t i = 0; i < count; ++i) {
      if (wave[i].could_not_look) {
        interrupted_ = std::move(*wave[i].could_not_look).at_entry(indexes[begin + i]);
        return;
      }
      settle(wave[i]);
    }
    if (options_.progress) options_.progress(begin + count, indexes.size());
  }
}

void PartialRun::settle(BundledEntry& entry) {
  entries_.take(entry.examined);
  if (entry.examined.absent) {
    book_.leave_open(Claim::tree, numbered(entry.examined.index) + " is not there");
  }
  if (entry.proof) book_.object(std::move(*entry.proof));
}

void PartialRun::check_checkpoint() {
  const LogKeyVerifiers log_keys({entries_.origin(), entries_.log_keys(), nullptr}, factory_,
                                 book_);
  if (!checkpoint_) return;
  if (log_keys.empty()) {
    book_.leave_open(Claim::log_signature, "no entry says what the log's key is");
    book_.leave_open(Claim::tree, "nothing says whose the checkpoint is");
    return;
  }
  const auto opened = log_keys.open(checkpoint_->note);
  checkpoint_good_ = opened.has_value();
  if (checkpoint_good_) {
    counts_.checkpoints = 1;
    quorum_ = check_quorum(checkpoint_->note, log_keys, keys_.known(), options_, factory_, book_);
    return;
  }
  book_.object({Claim::log_signature, Error(opened.error()).in("data/checkpoint")});
  book_.leave_open(Claim::tree, "the log's key did not sign the checkpoint");
}

void PartialRun::check_files() {
  std::vector<EvidenceItem> items = entries_.evidence().items();
  check_evidence(BundledFiles(bag_, index_ ? &*index_ : nullptr), items, options_.threads, book_,
                 counts_);
  if (!interrupted_) check_unnamed(files_, items, book_);
}

Report PartialRun::report() {
  if (interrupted_) {
    const std::string reason = "the bundle could not be read to its end: " + interrupted_->message;
    for (const Claim claim : kOfEachEntry) book_.leave_open(claim, reason, true);
  }
  Report report;
  report.size = checkpoint_ ? checkpoint_->stated.size : 0;
  report.head = checkpoint_ ? checkpoint_->stated.head() : merkle::TreeHead{};
  PartialFacts facts;
  facts.run.checked = counts_;
  facts.run.covered_size = checkpoint_good_ ? report.size : 0;
  facts.run.log_key_count = entries_.log_keys().all().size();
  facts.run.evidence_asked = options_.evidence;
  if (options_.pin != nullptr) facts.run.pin_size = options_.pin->checkpoint.size;
  facts.run.pin_words_size = pin_words_size_;
  if (options_.log_id) facts.run.identity_bytes = options_.log_id->size();
  if (options_.pin != nullptr) facts.run.identity_bytes = Hash::kSizeBytes;
  if (entries_.log_id()) facts.run.words = words_of(*entries_.log_id());
  facts.run.witnesses_found = quorum_.witnesses;
  facts.run.witness_quorum = options_.witness_quorum;
  facts.run.policy_answer = quorum_.policy;
  facts.links_checked = entries_.links_checked();
  facts.size = report.size;
  report.claims = conclude_partial(book_, facts);
  report.checked = counts_;
  report.objection_count = book_.objection_count();
  report.objections = book_.take_objections();
  report.interrupted = interrupted_;
  report.origin = entries_.origin();
  report.log_id = entries_.log_id();
  report.tainted = entries_.tainted(report.size);
  return report;
}

}  // namespace

Result<PartialReport> verify_partial(const FileTree& bag, const std::vector<BagFile>& files,
                                     const VerifierFactory& factory, const Options& options) {
  return PartialRun(bag, files, factory, options).run();
}

}  // namespace assay::verify
