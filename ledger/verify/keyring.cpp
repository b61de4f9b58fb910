#include "ledger/verify/keyring.hpp"

#include <algorithm>

#include "ledger/events/catalogue.hpp"
#include "ledger/format/dsse.hpp"

namespace assay::verify {
namespace {

using KeyBytes = std::pair<Hash, std::string>;

struct Introductions {
  std::vector<KeyBytes>& keys;

  void take(const std::vector<events::RootKey>& roots) {
    for (const events::RootKey& root : roots) keys.emplace_back(root.key, root.public_key.bytes);
  }
  void operator()(const events::LedgerCreated& event) {
    take(event.roots);
    keys.emplace_back(event.log_key.key, event.log_key.public_key.bytes);
  }
  void operator()(const events::KeyRegistered& event) {
    keys.emplace_back(event.key, event.public_key.bytes);
  }
  void operator()(const events::RootsChanged& event) { take(event.roots); }
  void operator()(const events::LogKeyRotated& event) {
    keys.emplace_back(event.log_key.key, event.log_key.public_key.bytes);
  }
  template <class Other>
  void operator()(const Other&) {}
};

std::string shown(const Hash& key) { return "key " + key.hex().substr(0, 16) + "…"; }

}  // namespace

const Verifier* Keyring::find(const Hash& key) const noexcept {
  const auto found = keys_.find(key);
  return found == keys_.end() ? nullptr : found->second.get();
}

Status Keyring::add(const Hash& key, std::string_view spki) {
  if (keys_.contains(key)) return {};
  if (sha256(spki) != key) {
    return fail(Errc::tampered_signature, shown(key) + " is not the SHA-256 of its public key");
  }
  ASSAY_TRY(std::unique_ptr<Verifier> verifier, factory_(spki));
  keys_.emplace(key, std::move(verifier));
  return {};
}

Result<std::vector<KeyBytes>> Keyring::introduced(const SubmissionView& submission) {
  std::vector<KeyBytes> keys;
  for (const EventView& event : submission.events) {
    if (!introduces_keys(event.type)) continue;
    const EventType* const type = find_event_type(event.type, event.version);
    if (type == nullptr) continue;
    EventData data;
    ASSAY_CHECK(decode_event(*type, event.data, data));
    append_introduced(data, keys);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

Status Keyring::learn(const SubmissionView& submission) {
  ASSAY_TRY(const std::vector<KeyBytes> keys, introduced(submission));
  for (const auto& [key, spki] : keys) ASSAY_CHECK(add(key, spki));
  return {};
}

std::map<Hash, Base64Bytes> Keyring::known() const {
  std::map<Hash, Base64Bytes> known;
  for (const auto& [key, verifier] : keys_) known.emplace(key, Base64Bytes{verifier->spki()});
  return known;
}

void append_introduced(const EventData& event, std::vector<KeyBytes>& keys) {
  visit_event(Introductions{keys}, event);
}

bool introduces_keys(std::string_view type) noexcept {
  return type == events::LedgerCreated::kType || type == events::KeyRegistered::kType ||
         type == events::RootsChanged::kType || type == events::LogKeyRotated::kType;
}

Status check_signers(const EntryView& entry, std::span<const Hash> introduced,
                     const KeyFinder& find, std::string_view message, OtherSigners others) {
  std::vector<Hash> missing(introduced.begin(), introduced.end());
  const auto author = std::ranges::lower_bound(missing, entry.submission.key);
  if (author == missing.end() || *author != entry.submission.key) {
    missing.insert(author, entry.submission.key);
  }
  Status unknown;
  for (const EntrySignature& signature : entry.signatures) {
    if (const auto due = std::ranges::find(missing, signature.key); due != missing.end()) {
      missing.erase(due);
    } else if (others == OtherSigners::refused) {
      return fail(Errc::tampered_signature,
                  "a signature of " + shown(signature.key) + " does not belong here");
    }
    const Verifier* const verifier = find(signature.key);
    if (verifier == nullptr) {
      unknown = fail(Errc::not_found, shown(signature.key) + " was never registered");
    } else if (!verifier->verify(message, signature.signature)) {
      return fail(Errc::tampered_signature,
                  "the signature of " + shown(signature.key) + " does not match the submission");
    }
  }
  if (!missing.empty()) {
    return fail(Errc::tampered_signature, "the signature of " + shown(missing[0]) + " is missing");
  }
  return unknown;
}

Status check_signatures(const EntryView& entry, const Keyring& keyring, std::string& scratch) {
  ASSAY_TRY(const std::vector<KeyBytes> keys, Keyring::introduced(entry.submission));
  std::vector<Hash> introduced;
  for (const auto& [key, spki] : keys) introduced.push_back(key);
  scratch.clear();
  append_pae(scratch, kSubmissionPayloadType, entry.submission.bytes);
  Status status =
      check_signers(entry, introduced, [&](const Hash& key) { return keyring.find(key); }, scratch);
  if (!status && status.error().code == Errc::not_found) {
    status.error().code = Errc::tampered_signature;
  }
  return status;
}

}  // namespace assay::verify
