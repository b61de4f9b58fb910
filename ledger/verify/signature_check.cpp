#include "ledger/verify/signature_check.hpp"

#include <algorithm>

namespace assay::verify {

void SignatureCheck::take(std::uint64_t index, const Examined& examined) {
  if (examined.undecodable) keys_may_be_missing_ = true;
  std::vector<std::pair<Hash, std::string>> keys;
  for (const Notable& notable : examined.notables) append_introduced(notable.data, keys);
  std::vector<Hash> introduced;
  for (const auto& [key, spki] : keys) {
    introduced.push_back(key);
    if (Status status = keys_.add(key, spki); !status) {
      book_.object({Claim::author_signatures,
                    std::move(status).error().in("key " + key.hex()).at_entry(index)});
    }
  }
  std::ranges::sort(introduced);
  introduced.erase(std::unique(introduced.begin(), introduced.end()), introduced.end());
  settle(index, examined, introduced);
}

void SignatureCheck::settle(std::uint64_t index, const Examined& examined,
                            const std::vector<Hash>& introduced) {
  Signatures signatures = examined.signatures;
  std::optional<Error> error = examined.signature_error;
  if (signatures == Signatures::waiting) {
    const KeyFinder find = [&](const Hash& key) { return keys_.find(key); };
    Status status =
        check_signers(examined.entry, introduced, find, examined.message,
                      examined.undecodable ? OtherSigners::possible : OtherSigners::refused);
    signatures = status ? Signatures::good : Signatures::bad;
    if (!status) error = std::move(status).error();
  }
  if (signatures == Signatures::good) {
    good_count_ += examined.entry.signatures.size();
    return;
  }
  const bool unknown_key = error->code == Errc::not_found;
  if (unknown_key) error->code = Errc::tampered_signature;
  // What could not be read or understood may be what introduced the key. Only that much is excused:
  // else one strange event would switch off the check of every signature after it.
  if (unknown_key && keys_may_be_missing_) {
    book_.leave_open(Claim::author_signatures, numbered(index) + ": " + error->message, true);
  } else {
    book_.object({Claim::author_signatures, std::move(*error).at_entry(index)});
  }
}

}  // namespace assay::verify
