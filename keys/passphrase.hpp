#pragma once

/// Where a passphrase comes from: a file, an open descriptor, or the person at the terminal. Never
/// an argument and never the environment: other users of the machine can read the first, every
/// child process the second.
/// Thread word: plain values and thread-safe functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "keys/secret.hpp"

namespace assay::keys {

struct PassphraseSource {
  enum class Kind : std::uint8_t { terminal, file, descriptor };
  Kind kind = Kind::terminal;
  std::string path;     ///< of Kind::file
  int descriptor = -1;  ///< of Kind::descriptor; borrowed, never closed
};

/// "prompt", "file:PATH" or "fd:N". Errors: invalid_argument; the message does not repeat the text,
/// which may be the passphrase itself, given by mistake.
[[nodiscard]] Result<PassphraseSource> parse_passphrase_source(std::string_view text);

struct PassphraseQuestion {
  std::string key_name;  ///< shown in the question
  bool twice = false;    ///< when a key is made: a slip of the finger would lock it for ever
};

/// Reads 1 to 1024 bytes up to the end of the line, which is not part of it. A file must hold that
/// line alone, and nobody but its owner may read it (a FIFO, as a shell's <(…) gives, has no such
/// mode to check). From a descriptor one line is taken and the rest left for the next reader.
/// Errors: key_unavailable (cannot be read, or by too many), invalid_argument (empty, carriage
/// return, NUL or several lines, two different answers), limit, io.
[[nodiscard]] Result<Secret> read_passphrase(const PassphraseSource& source,
                                             const PassphraseQuestion& question);

}  // namespace assay::keys
