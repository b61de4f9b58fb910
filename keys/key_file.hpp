#pragma once

/// A directory of keys.
///
///   DIR/NAME.key             private key: PEM, encrypted PKCS#8 (pkcs8_internal.hpp), mode 0600
///   DIR/NAME.pub             public key: PEM SubjectPublicKeyInfo, mode 0644
///   DIR/NAME.streams/<log>   what the key signed last in each log (stream_record.hpp)
///   DIR/NAME.released        what a log's key released last (released_record.hpp)
///
/// `openssl pkey -in NAME.key` and `openssl pkey -pubin -in NAME.pub` read both files. NAME is 1 to
/// 64 of [A-Za-z0-9._-] and does not begin with '.' or '-'. The public file stands apart so that
/// listing keys and checking signatures needs no passphrase. No file is ever overwritten: a new key
/// under an old name would orphan what the old one signed.
///
/// The private file is created first and the public one second. If a crash falls between, the key
/// is whole, and the public file is written by the next load.
/// Thread word: thread-safe functions; processes may race, one of them gets `conflict`.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "keys/signer.hpp"
#include "ledger/base/signer.hpp"

namespace assay::keys {

/// Errors: invalid_argument.
[[nodiscard]] Status check_key_name(std::string_view name);

/// Makes a key and its files; makes `directory` (mode 0700) if only that is absent.
/// Errors: invalid_argument (name, empty passphrase), conflict (the name is taken, also by a public
/// file alone), no_space, io, key_unavailable (permission), outcome_unknown (the private key may
/// have been made), crypto.
[[nodiscard]] Result<std::unique_ptr<PrivateKey>> create_key(const std::string& directory,
                                                             std::string_view name,
                                                             KeyAlgorithm algorithm,
                                                             const Secret& passphrase);

/// The same for a key that exists already. Errors: as create_key.
[[nodiscard]] Status store_key(const std::string& directory, std::string_view name,
                               const PrivateKey& key, const Secret& passphrase);

/// Unlocks a private key; takes 50 to 150 ms. Errors: invalid_argument (name), key_unavailable (no
/// such key, no permission, mode wider than 0600, not a key file, cut short, wrong passphrase,
/// public file of another key), unsupported, limit, io, crypto.
[[nodiscard]] Result<std::unique_ptr<PrivateKey>> load_key(const std::string& directory,
                                                           std::string_view name,
                                                           const Secret& passphrase);

/// Reads NAME.pub. Errors: invalid_argument (name), key_unavailable (none, or not a public key in
/// PEM), and those of make_verifier.
[[nodiscard]] Result<std::unique_ptr<Verifier>> load_public_key(const std::string& directory,
                                                                std::string_view name);

struct ListedKey {
  std::string name;
  bool has_private = false;            ///< NAME.key is there; it was not opened
  std::unique_ptr<Verifier> verifier;  ///< null where `problem` is set
  std::optional<Error> problem;        ///< why NAME.pub could not be read
};

/// Every key of the directory, sorted by name; a key that cannot be read does not hide the others.
/// Errors: not_found (no such directory), key_unavailable (permission), io.
[[nodiscard]] Result<std::vector<ListedKey>> list_keys(const std::string& directory);

}  // namespace assay::keys
