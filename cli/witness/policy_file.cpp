#include "cli/witness/policy_file.hpp"

#include <filesystem>

#include "cli/http/client.hpp"
#include "cli/session/file_io.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kKeyFileSizeBytes = 4'096;

Result<VKey> witness_key(const std::string& given) {
  ASSAY_TRY(VKey key, vkey_from(given));
  if (key.type == NoteKeyType::cosignature_v1) return key;
  return fail(Errc::invalid_argument, "the key of " + key.name + " is not one of a witness",
              "a witness's key is of type 04; `assay witness init` prints one");
}

}  // namespace

Result<VKey> vkey_from(const std::string& given) {
  std::string text = given;
  std::error_code unknown;
  if (std::filesystem::exists(given, unknown)) {
    ASSAY_TRY(text, read_file(given, kKeyFileSizeBytes));
  }
  if (text.ends_with('\n')) text.pop_back();
  auto key = parse_vkey(text);
  if (!key) return std::unexpected(std::move(key).error().in("the verifier key \"" + given + "\""));
  return key;
}

Result<PolicyWitness> witness_from(const std::string& given) {
  // No verifier key of a witness has this sign; an address may.
  const std::size_t sign = given.rfind('=');
  if (sign == std::string::npos) {
    return fail(Errc::invalid_argument, "\"" + given + "\" names no witness",
                "give its address and its key: --witness https://witness.example=KEY");
  }
  const std::string address = given.substr(0, sign);
  ASSAY_CHECK(check_web_address(address));
  ASSAY_TRY(const VKey key, witness_key(given.substr(sign + 1)));
  ASSAY_TRY(std::string text, format_vkey(key));
  return PolicyWitness{key.name, {std::move(text), key}, address};
}

Result<TlogPolicy> policy_from_file(const std::string& path) {
  ASSAY_TRY(const std::string text, read_file(path, kPolicySizeBytes));
  auto policy = parse_policy(text);
  if (!policy) return std::unexpected(std::move(policy).error().in(path));
  if (Status asks = check_asks_for_witnesses(*policy); !asks) {
    return std::unexpected(std::move(asks).error().in(path));
  }
  return policy;
}

Result<TlogPolicy> policy_from(const PolicyOptions& options, bool with_addresses) {
  if (!options.file.empty()) {
    if (options.witnesses.empty() && options.quorum == 0) return policy_from_file(options.file);
    return fail(Errc::invalid_argument,
                "--policy says it all: it goes without --witness, --quorum");
  }
  std::vector<PolicyWitness> witnesses;
  for (const std::string& given : options.witnesses) {
    if (with_addresses) {
      ASSAY_TRY(witnesses.emplace_back(), witness_from(given));
      continue;
    }
    ASSAY_TRY(const VKey key, witness_key(given));
    ASSAY_TRY(std::string text, format_vkey(key));
    witnesses.push_back({key.name, {std::move(text), key}, {}});
  }
  return make_policy(witnesses, options.quorum == 0 ? witnesses.size() : options.quorum);
}

}  // namespace assay::cli
