#pragma once

/// The passphrases of one run. A descriptor and a person can be asked only once:
///
///   fd:N     its lines go to the keys in the order in which the command needs them (the log's key
///            first); where there are fewer lines than keys, the last line is for all that follow.
///            The lines must be there when the first is read
///   prompt   one question a key, however often the run unlocks it; for keys that are made together
///            one question, asked twice
///   file:    read anew every time
///
/// Thread word: thread-compatible.

#include <map>
#include <optional>
#include <string>

#include "keys/passphrase.hpp"

namespace assay::cli {

class Passphrases {
 public:
  /// Of the key that is there already. Errors: those of keys::read_passphrase.
  [[nodiscard]] Result<keys::Secret> of_key(const keys::PassphraseSource& source,
                                            const std::string& key_name);
  /// For a key that is being made.
  [[nodiscard]] Result<keys::Secret> for_new_key(const keys::PassphraseSource& source,
                                                 const std::string& key_name);

 private:
  using Secrets = std::map<std::string, keys::Secret>;

  [[nodiscard]] Result<keys::Secret> next_line(const keys::PassphraseSource& source,
                                               const std::string& key_name);

  std::map<int, keys::Secret> last_lines_;    ///< by descriptor
  Secrets said_;                              ///< by a person, by the key's name
  std::optional<keys::Secret> for_new_keys_;  ///< as a person said it
};

}  // namespace assay::cli
