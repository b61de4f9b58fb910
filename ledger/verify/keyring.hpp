#pragma once

/// The public keys that the log itself carries. A key id is the hash of the key, so a key read from
/// the log needs no further proof that it is the one meant; whether it might say something is for
/// `Rules`. Thread word: thread-compatible; const calls may run beside each other.

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <unordered_map>

#include "ledger/base/signer.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/format/entry.hpp"

namespace assay::verify {

struct HashOfHash {
  std::size_t operator()(const Hash& hash) const noexcept {
    std::size_t value = 0;
    static_assert(sizeof value <= Hash::kSizeBytes);
    __builtin_memcpy(&value, hash.bytes.data(), sizeof value);
    return value;
  }
};

class Keyring {
 public:
  explicit Keyring(VerifierFactory factory) : factory_(std::move(factory)) {}

  /// Null when no entry so far has introduced the key.
  [[nodiscard]] const Verifier* find(const Hash& key) const noexcept;

  /// Takes in the keys that this entry introduces: root keys and log key of genesis, registered
  /// keys, new roots, a new log key. Errors: malformed, rejected (a weak key), tampered_signature
  /// (id and key do not belong together).
  [[nodiscard]] Status learn(const SubmissionView& submission);
  /// Ids that `submission` introduces, ascending: these keys must sign it too (proof of
  /// possession). Errors: as `learn`.
  [[nodiscard]] static Result<std::vector<std::pair<Hash, std::string>>> introduced(
      const SubmissionView& submission);
  Status add(const Hash& key, std::string_view spki);

  /// All keys, as DER SubjectPublicKeyInfo.
  [[nodiscard]] std::map<Hash, Base64Bytes> known() const;

 private:
  VerifierFactory factory_;
  std::unordered_map<Hash, std::unique_ptr<Verifier>, HashOfHash> keys_;
};

/// Appends the keys that one event introduces, as (id, DER SubjectPublicKeyInfo).
void append_introduced(const EventData& event, std::vector<std::pair<Hash, std::string>>& keys);
/// True for the event types that introduce keys.
[[nodiscard]] bool introduces_keys(std::string_view type) noexcept;

/// Null for a key that nobody has introduced.
using KeyFinder = std::function<const Verifier*(const Hash& key)>;

/// Whether keys other than those that must sign may have signed as well.
enum class OtherSigners : std::uint8_t {
  refused,
  possible,  ///< an event that this build does not understand may have introduced them
};

/// Checks who signed an entry: exactly its author and the `introduced` keys (ascending), each over
/// `message`, the DSSE pre-authentication encoding of the submission. Where other signers are
/// possible, theirs must be good too.
/// Errors: tampered_signature, not_found (a key that `find` does not know, and nothing worse), both
/// naming the key.
[[nodiscard]] Status check_signers(const EntryView& entry, std::span<const Hash> introduced,
                                   const KeyFinder& find, std::string_view message,
                                   OtherSigners others = OtherSigners::refused);

/// The same for a caller that has nothing at hand yet: exactly its author and the keys it
/// introduces must have signed. `scratch` holds the encoding. Errors: tampered_signature (naming
/// the key), those of `Keyring::introduced`.
[[nodiscard]] Status check_signatures(const EntryView& entry, const Keyring& keyring,
                                      std::string& scratch);

}  // namespace assay::verify
