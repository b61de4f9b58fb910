#include "ledger/verify/pin_check.hpp"

#include "ledger/verify/paper_pin.hpp"

namespace assay::verify {
namespace {

Objection rewritten(std::uint64_t entry, std::string message, std::string expected,
                    std::string actual) {
  return disagreement(Claim::pin, Errc::forked, entry, std::move(message), std::move(expected),
                      std::move(actual));
}

std::uint64_t last_entry_below(std::uint64_t size) { return size == 0 ? 0 : size - 1; }

}  // namespace

void PinCheck::reached(const merkle::TreeHead& head, std::string_view origin) {
  if (options_.pin != nullptr && head.size == options_.pin->checkpoint.size) root_ = head.root;
  if (!options_.pin_words || words_size_ || head.size == 0 || origin.empty()) return;
  const auto digest = head_digest(origin, head);
  if (digest && digest->view().starts_with(*options_.pin_words)) words_size_ = head.size;
}

void PinCheck::finish(const Found& found, ClaimBook& book) {
  if (options_.pin != nullptr) {
    check_note(found, book);
    check_root(found, book);
  }
  if (options_.pin_words && !words_size_) check_words(found, book);
}

void PinCheck::check_note(const Found& found, ClaimBook& book) const {
  const Pin& pin = *options_.pin;
  if (pin.note.empty()) {
    // From paper: nothing is signed there, and the origin is compared by hand.
    const std::string_view origin = found.walk.origin();
    if (!origin.empty() && pin.checkpoint.origin != origin) {
      book.object(
          rewritten(0, "the pin names another log", pin.checkpoint.origin, std::string(origin)));
    }
  } else if (!found.log_keys.empty()) {
    if (auto opened = found.log_keys.open(pin.note); !opened) {
      book.object({Claim::pin, std::move(opened).error().in("the pinned checkpoint")});
    }
  }
}

void PinCheck::check_root(const Found& found, ClaimBook& book) {
  const merkle::TreeHead pinned = options_.pin->checkpoint.head();
  if (pinned.size > found.size) {
    if (found.interrupted) return;
    return book.object(rewritten(
        found.size, "the pin covers entries that are not there: the log was cut or rolled back",
        std::to_string(pinned.size) + " entries", std::to_string(found.size) + " entries"));
  }
  if (!root_ && pinned.size <= found.walk.head().size) {
    if (auto root = found.walk.root_at(pinned.size)) root_ = *root;
  }
  if (!root_) {
    return book.leave_open(Claim::pin, "the root at the pin's size could not be computed");
  }
  if (*root_ != pinned.root) {
    book.object(
        rewritten(last_entry_below(pinned.size),
                  "the log has another root at the pin's size: it is not the log that was pinned",
                  pinned.root.hex(), root_->hex()));
  } else if (options_.start != nullptr) {
    check_what_follows(found, book);
  }
}

/// A run that goes on from the pin's state has read nothing before it, so that root is the pin's
/// own. What the log signed from there on tells whether these are the entries that follow it.
void PinCheck::check_what_follows(const Found& found, ClaimBook& book) const {
  const merkle::TreeHead pinned = options_.pin->checkpoint.head();
  for (const CheckpointList::Kept& kept : found.checkpoints.all()) {
    if (!kept.good || kept.stated.size != pinned.size || kept.stated.root == pinned.root) continue;
    return book.object(rewritten(last_entry_below(pinned.size),
                                 "the log's key signed another root at the pin's size: it is not "
                                 "the log that was pinned",
                                 pinned.root.hex(), kept.stated.root.hex()));
  }
  if (found.size > pinned.size && found.checkpoints.sealed() == nullptr) {
    book.leave_open(Claim::pin,
                    "no checkpoint has the root of the pinned entries with those that follow");
  }
}

void PinCheck::check_words(const Found& found, ClaimBook& book) const {
  const bool all_seen =
      !found.interrupted && found.start_size == 0 && found.walk.head().size == found.size;
  if (!all_seen) {
    return book.leave_open(Claim::pin,
                           "the head with the words given was not found among those that could be "
                           "computed",
                           true);
  }
  book.object({Claim::pin,
               Error{Errc::forked,
                     "no head of this log, at any size up to " + std::to_string(found.size) +
                         ", has the words given: it is not the log that they were taken from, or "
                         "they were written down wrongly",
                     {},
                     std::nullopt}});
}

}  // namespace assay::verify
