#pragma once

/// How a command gets at a key: its directory, its passphrase, its name. Where the passphrases
/// of a run come from is in passphrases.hpp. Thread word: thread-compatible.

#include <memory>

#include "cli/app.hpp"
#include "keys/key_file.hpp"
#include "keys/passphrase.hpp"
#include "keys/signer.hpp"

namespace assay::cli {

/// Unlocks the private key `name`; `source` is a passphrase source as the options give it.
/// Errors: key_unavailable, invalid_argument, io.
[[nodiscard]] Result<std::unique_ptr<keys::PrivateKey>> unlock(const Run& run,
                                                               const std::string& name,
                                                               const std::string& source);

/// The name of the key file whose public key has this id. Errors: key_unavailable.
[[nodiscard]] Result<std::string> key_name_of(const Run& run, const Hash& key_id);

/// A passphrase for a new key, asked for twice on a terminal.
[[nodiscard]] Result<keys::Secret> new_passphrase(const Run& run, const std::string& name,
                                                  const std::string& source);

/// Makes the key directory with its parents, mode 0700, if it is not there.
[[nodiscard]] Status make_key_directory(const std::string& directory);

}  // namespace assay::cli
