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

/// The first of the witnesses whose key the log introduced.
std::optional<std::string> witness_of_own_log(const std::vector<VKey>& witnesses,
                                              const std::map<Hash, Base64Bytes>& keys) {
  for (const VKey& witness : witnesses) {
    const bool own = std::ranges::any_of(keys, [&](const auto& introduced) {
      const auto key = Ed25519PublicKey::from_spki(introduced.second.bytes);
      return key && *key == witness.public_key;
    });
    if (own) return witness.name;
  }
  return std::nullopt;
}

/// Of the witnesses that were named one by one.
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
  if (opened) {
    return opened->witnesses.size() - static_cast<std::size_t>(std::ranges::count_if(
                                          opened->witnesses, [&](const Witnessed& line) {
                                            return has_impossible_time(line, options.now);
                                          }));
  }
  if (opened.error().code == Errc::invalid_argument) return open(opened.error().message);
  book.object({Claim::witness_quorum, Error(opened.error()).in("the last checkpoint")});
  return 0;
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

QuorumFound check_quorum(const std::string& note, const LogKeyVerifiers& log_keys,
                         const std::map<Hash, Base64Bytes>& introduced, const Options& options,
                         const VerifierFactory& factory, ClaimBook& book) {
  const TlogPolicy* const policy = options.witness_policy;
  if (policy == nullptr && options.witness_quorum == 0) return {};
  const auto own =
      witness_of_own_log(policy == nullptr ? options.witnesses : known_keys(*policy), introduced);
  if (own) {
    book.leave_open(
        Claim::witness_quorum,
        "the key of witness " + *own + " signs in this log itself, so it vouches for nothing",
        true);
    return {};
  }
  if (policy == nullptr) return {count_witnesses(log_keys, note, options, factory, book), {}};
  return {0, judge_policy(*policy, note, log_keys, factory, options.now, book)};
}

bool has_impossible_time(const Witnessed& line, const std::optional<Timestamp>& now) {
  if (line.time_s == 0) return true;
  if (!now) return false;
  const std::int64_t latest_us = std::max<std::int64_t>(now->us + kClockAheadUs, 0);
  return line.time_s > static_cast<std::uint64_t>(latest_us) / 1'000'000;
}

}  // namespace assay::verify
