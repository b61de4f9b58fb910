#include "ledger/verify/checkpoint_list.hpp"

#include <algorithm>

#include "ledger/base/parallel.hpp"
#include "ledger/format/note.hpp"

namespace assay::verify {
namespace {

/// The last entry that a checkpoint covers; 0 for the one over nothing.
std::uint64_t last_entry(const Checkpoint& checkpoint) {
  return checkpoint.size == 0 ? 0 : checkpoint.size - 1;
}

/// Where the nodes that the source keeps have the signed root, they say which entry differs.
std::optional<std::uint64_t> first_difference(const Source& source, const Checkpoint& stated,
                                              std::uint64_t from) {
  const merkle::NodeReader* const nodes = source.nodes();
  if (nodes == nullptr) return std::nullopt;
  const Result<Hash> root = merkle::root_at(stated.size, *nodes);
  if (!root || *root != stated.root) return std::nullopt;
  std::optional<std::uint64_t> found;
  const Status ignored =
      source.read(from, stated.size, [&](std::uint64_t index, std::string_view bytes) {
        if (found) return;
        const Result<Hash> leaf = (*nodes)(0, index);
        if (leaf && *leaf != merkle::leaf_hash(bytes)) found = index;
      });
  static_cast<void>(ignored);  // what cannot be read has been objected to on the way here
  return found;
}

}  // namespace

LogKeyVerifiers::LogKeyVerifiers(const LogKeysFound& found, const VerifierFactory& factory,
                                 ClaimBook& book)
    : found_(found) {
  for (const LogKey& log_key : found.keys.all()) {
    const auto public_key = Ed25519PublicKey::from_spki(log_key.public_key.bytes);
    auto verifier =
        public_key ? make_note_verifier({found.origin, NoteKeyType::ed25519, *public_key}, factory)
                   : Result<std::unique_ptr<NoteVerifier>>(std::unexpected(public_key.error()));
    if (verifier) {
      keys_.push_back({log_key.key, *std::move(verifier)});
    } else {
      // Errc::unsupported would leave the claim open, but a log key of another kind signs nothing.
      Error error = std::move(verifier).error().in("the log key").at_entry(log_key.entry);
      error.code = Errc::tampered_signature;
      book.object({Claim::log_signature, std::move(error)});
    }
  }
}

Result<OpenedCheckpoint> LogKeyVerifiers::open(
    std::string_view note, const std::vector<const NoteVerifier*>& witnesses) const {
  CheckpointKeys known{found_.origin, {}, witnesses};
  for (const Key& key : keys_) known.log.push_back(key.verifier.get());
  ASSAY_TRY(OpenedCheckpoint opened, open_checkpoint(note, known));
  const std::uint64_t size = opened.checkpoint.size;
  for (const Key& key : keys_) {
    const bool signed_it = std::ranges::any_of(
        opened.log_signatures, [&](const NoteSignature& line) { return key.verifier->made(line); });
    const LogKeyHistory* const history = found_.history;
    const bool in_force =
        history == nullptr || history->empty() || history->in_force(key.key, size);
    if (signed_it && in_force && found_.keys.accepts(key.key, size)) return opened;
  }
  return fail(Errc::tampered_signature, "the key that signed it is not the log's key at that size");
}

CheckpointList::CheckpointList(const std::vector<std::string>& notes, std::uint64_t start_size,
                               ClaimBook& book) {
  for (const std::string& note : notes) {
    const auto parsed = parse_note(note);
    auto stated = parsed ? parse_checkpoint(parsed->text)
                         : Result<Checkpoint>(std::unexpected(parsed.error()));
    if (!stated) {
      book.object({Claim::log_signature, Error(stated.error()).in("a checkpoint")});
    } else if (stated->size >= start_size) {
      kept_.push_back({note, *std::move(stated), std::nullopt, false});
    }
  }
  std::ranges::stable_sort(kept_, {}, [](const Kept& kept) { return kept.stated.size; });
}

bool CheckpointList::reached(std::uint64_t size, const Hash& root) {
  const auto same_size =
      std::ranges::equal_range(kept_, size, {}, [](const Kept& kept) { return kept.stated.size; });
  bool states_it = false;
  for (Kept& kept : same_size) {
    kept.root = root;
    states_it = states_it || kept.stated.root == root;
  }
  return states_it;
}

std::optional<std::uint64_t> CheckpointList::largest_up_to(std::uint64_t size) const noexcept {
  const auto after =
      std::ranges::upper_bound(kept_, size, {}, [](const Kept& kept) { return kept.stated.size; });
  if (after == kept_.begin()) return std::nullopt;
  return (after - 1)->stated.size;
}

void CheckpointList::check_signatures(const LogKeyVerifiers& keys, std::size_t threads,
                                      ClaimBook& book) {
  if (keys.empty()) {
    if (!kept_.empty()) {
      book.leave_open(Claim::log_signature, "no entry says what the log's key is");
    }
    return;
  }
  std::vector<std::optional<Error>> refused(kept_.size());
  for_each_index(threads, kept_.size(), [&](std::size_t i) {
    if (auto opened = keys.open(kept_[i].note); !opened) refused[i] = std::move(opened).error();
  });
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    kept_[i].good = !refused[i];
    if (kept_[i].good) continue;
    book.object({Claim::log_signature,
                 std::move(*refused[i])
                     .in("the checkpoint of size " + std::to_string(kept_[i].stated.size))
                     .at_entry(last_entry(kept_[i].stated))});
  }
}

void CheckpointList::check_roots(const Source& source, std::uint64_t log_size,
                                 ClaimBook& book) const {
  const std::optional<std::uint64_t> damage = book.first_damage();
  std::uint64_t matched_size = 0;
  for (const Kept& kept : kept_) {
    if (!kept.good) continue;
    const std::string name = "the checkpoint of size " + std::to_string(kept.stated.size);
    if (kept.root && *kept.root == kept.stated.root) {
      matched_size = kept.stated.size;
    } else if (kept.root) {
      // Entries that contradict each other already are damaged; entries that agree with each other
      // and not with what the log signed are another history.
      const bool damaged = damage && *damage < kept.stated.size;
      const auto differs = damaged ? damage : first_difference(source, kept.stated, matched_size);
      book.object(
          disagreement(Claim::tree, damaged || differs ? Errc::tampered_hash : Errc::forked,
                       differs.value_or(matched_size),
                       name + (differs ? " was signed over other bytes than those of entry " +
                                             std::to_string(*differs)
                                       : " was signed over other entries than these, from entry " +
                                             std::to_string(matched_size) + " on at the earliest"),
                       kept.stated.root.hex(), kept.root->hex()));
    } else if (kept.stated.size > log_size) {
      book.object(disagreement(
          Claim::tree, Errc::tampered_order, log_size, name + " covers entries that are not there",
          std::to_string(kept.stated.size) + " entries", std::to_string(log_size) + " entries"));
    }
  }
}

const CheckpointList::Kept* CheckpointList::sealed() const noexcept {
  for (auto kept = kept_.rbegin(); kept != kept_.rend(); ++kept) {
    if (kept->good && kept->root && *kept->root == kept->stated.root) return &*kept;
  }
  return nullptr;
}

std::uint64_t CheckpointList::good_count() const noexcept {
  return static_cast<std::uint64_t>(std::ranges::count(kept_, true, &Kept::good));
}

}  // namespace assay::verify
