#include "ledger/verify/outside.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "ledger/base/words.hpp"

namespace assay::verify {
namespace {

/// Fewer would be a name that a stranger can find another log for. Fewer than all 32 are a name
/// that the log's own maker can: who makes both logs needs 2^48 attempts for twelve bytes.
constexpr std::size_t kLogIdBytesMin = 12;

/// Two names for one public key: a quorum counts who signs, not what they are called.
std::optional<std::pair<std::string, std::string>> one_key_twice(const std::vector<VKey>& keys) {
  std::map<Ed25519PublicKey, std::string> names;
  for (const VKey& key : keys) {
    const auto [at, is_new] = names.emplace(key.public_key, key.name);
    if (!is_new) return std::pair(at->second, key.name);
  }
  return std::nullopt;
}

}  // namespace

void check_identity(const std::optional<Hash>& log_id, const Options& options, ClaimBook& book) {
  if (!log_id) return book.leave_open(Claim::identity, "there is no entry 0");
  const auto expect = [&](std::string_view bytes, std::string_view by) {
    if (log_id->view().starts_with(bytes)) return;
    Hash shown;
    std::ranges::copy(bytes, reinterpret_cast<char*>(shown.bytes.data()));
    book.object(disagreement(Claim::identity, Errc::forked, 0,
                             "this is not the log that " + std::string(by) + " names",
                             words_of(shown), words_of(*log_id)));
  };
  if (options.log_id) {
    if (options.log_id->size() < kLogIdBytesMin || options.log_id->size() > Hash::kSizeBytes) {
      book.leave_open(Claim::identity, "a log is named by 12 to 32 bytes of a hash", true);
    } else {
      expect(*options.log_id, "you were given");
    }
  }
  if (options.pin != nullptr) expect(options.pin->log_id.view(), "the pin");
}

std::size_t count_witnesses(const LogKeyVerifiers& log_keys, std::string_view note,
                            const Options& options, const VerifierFactory& factory,
                            ClaimBook& book) {
  const auto open = [&](std::string reason) -> std::size_t {
    book.leave_open(Claim::witness_quorum, std::move(reason), true);
    return 0;
  };
  if (const auto twins = one_key_twice(options.witnesses)) {
    return open("the witnesses " + twins->first + " and " + twins->second +
                " have one key, which is one witness");
  }
  std::vector<std::unique_ptr<NoteVerifier>> owned;
  std::vector<const NoteVerifier*> witnesses;
  for (const VKey& key : options.witnesses) {
    auto verifier = make_note_verifier(key, factory);
    if (!verifier) {
      return open("the key of witness " + key.name + ": " + verifier.error().message);
    }
    witnesses.push_back(verifier->get());
    owned.push_back(*std::move(verifier));
  }
  const auto opened = log_keys.open(note, witnesses);
  if (opened) return opened->witnesses.size();
  if (opened.error().code == Errc::invalid_argument) return open(opened.error().message);
  book.object({Claim::witness_quorum, Error(opened.error()).in("the last checkpoint")});
  return 0;
}

}  // namespace assay::verify
