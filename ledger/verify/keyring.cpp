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

bool introduces_keys(std::string_view type) {
  return type == events::LedgerCreated::kType || type == events::KeyRegistered::kType ||
         type == events::RootsChanged::kType || type == events::LogKeyRotated::kType;
}

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
    std::visit(Introductions{keys}, data);
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

Status check_signatures(const EntryView& entry, const Keyring& keyring, std::string& scratch) {
  ASSAY_TRY(const std::vector<KeyBytes> keys, Keyring::introduced(entry.submission));
  std::vector<Hash> expected{entry.submission.key};
  for (const auto& [key, spki] : keys) {
    if (key != entry.submission.key) expected.push_back(key);
  }
  std::sort(expected.begin(), expected.end());
  scratch.clear();
  append_pae(scratch, kSubmissionPayloadType, entry.submission.bytes);
  auto next = expected.begin();
  for (const EntrySignature& signature : entry.signatures) {
    if (next == expected.end() || *next != signature.key) {
      return fail(Errc::tampered_signature,
                  next != expected.end() && *next < signature.key
                      ? "the signature of " + shown(*next) + " is missing"
                      : "a signature of " + shown(signature.key) + " does not belong here");
    }
    const Verifier* const verifier = keyring.find(signature.key);
    if (verifier == nullptr) {
      return fail(Errc::tampered_signature, shown(signature.key) + " was never registered");
    }
    if (Status status = verifier->verify(scratch, signature.signature); !status) {
      return fail(Errc::tampered_signature,
                  "the signature of " + shown(signature.key) + " does not match the submission");
    }
    ++next;
  }
  if (next != expected.end()) {
    return fail(Errc::tampered_signature, "the signature of " + shown(*next) + " is missing");
  }
  return {};
}

}  // namespace assay::verify
