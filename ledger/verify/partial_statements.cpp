#include "ledger/verify/partial_statements.hpp"

#include "ledger/format/vkey.hpp"
#include "ledger/verify/paper_pin.hpp"

namespace assay::verify {

Status check_vkey(const FileTree& bag, const PartialEntries& entries, std::uint64_t size,
                  ClaimBook& book) {
  const auto text = bag.read("data/log.vkey", kVkeyFileSizeBytes);
  if (!text && !looked(text.error().code)) return std::unexpected(text.error());
  const auto object = [&](std::string message) {
    book.object({Claim::log_signature,
                 Error{Errc::tampered_signature, "data/log.vkey " + std::move(message), {}, {}}});
    return Status{};
  };
  if (!text) return object("is not there");
  const bool ends = text->ends_with('\n');
  const auto key = parse_vkey(std::string_view(*text).substr(0, text->size() - (ends ? 1 : 0)));
  if (!ends || !key) return object("is no verifier key");
  if (entries.log_keys().all().empty()) return {};
  const Hash id = sha256(key->public_key.spki());
  const bool of_the_log = key->name == entries.origin() && key->type == NoteKeyType::ed25519 &&
                          entries.log_keys().accepts(id, size);
  return of_the_log ? Status{} : object("is not the log's key");
}

void check_index(const BundleIndex& index, const PartialEntries& entries,
                 const BundledCheckpoint* checkpoint, ClaimBook& book) {
  const auto differs = [&](std::string_view what, std::string expected, std::string actual) {
    if (expected == actual) return;
    book.object({Claim::tree,
                 Error{Errc::tampered_hash,
                       "bundle.json states another " + std::string(what) + " than the log",
                       {},
                       {}},
                 std::move(expected), std::move(actual)});
  };
  if (entries.log_id()) differs("log id", entries.log_id()->hex(), index.log.hex());
  if (!entries.origin().empty()) differs("origin", entries.origin(), index.origin);
  if (checkpoint != nullptr) {
    differs("size", std::to_string(checkpoint->stated.size), std::to_string(index.size));
  }
  if (index.entries.empty() || index.entries.front() != 0) {
    book.object({Claim::tree, Error{Errc::tampered_order,
                                    "the bundle leaves out entry 0, which says what log it is of",
                                    {},
                                    0}});
  }
}

void check_bundled_pin(const Pin& pin, const BundledCheckpoint* checkpoint, bool is_good,
                       ClaimBook& book) {
  if (checkpoint == nullptr) return book.leave_open(Claim::pin, "the bundle has no checkpoint");
  const merkle::TreeHead pinned = pin.checkpoint.head();
  const merkle::TreeHead here = checkpoint->stated.head();
  if (!is_good) {
    book.leave_open(Claim::pin, "the log's key did not sign the bundle's checkpoint");
  } else if (pinned.size != here.size) {
    book.leave_open(Claim::pin, "the pin is of " + std::to_string(pinned.size) +
                                    " entries and the bundle of " + std::to_string(here.size) +
                                    "; that one extends the other takes the whole log");
  } else if (pinned.root != here.root) {
    book.object(disagreement(Claim::pin, Errc::forked, pinned.size == 0 ? 0 : pinned.size - 1,
                             "the bundle's checkpoint has another root than the pin",
                             pinned.root.hex(), here.root.hex()));
  }
}

std::optional<std::uint64_t> check_bundled_pin_words(std::string_view given,
                                                     const std::string& origin,
                                                     const BundledCheckpoint* checkpoint,
                                                     bool is_good, ClaimBook& book) {
  const auto leave = [&](const std::string& reason) -> std::optional<std::uint64_t> {
    book.leave_open(Claim::pin, reason, true);
    return std::nullopt;
  };
  if (checkpoint == nullptr) return leave("the bundle has no checkpoint");
  if (!is_good) return leave("the log's key did not sign the bundle's checkpoint");
  const merkle::TreeHead here = checkpoint->stated.head();
  const auto digest = head_digest(origin, here);
  if (digest && digest->view().starts_with(given)) return here.size;
  return leave("the words given are not those of the bundle's head, of " +
               std::to_string(here.size) +
               " entries; whether they are of another one takes the "
               "whole log");
}

}  // namespace assay::verify
