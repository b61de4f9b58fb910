#pragma once

/// Asking a person for a secret, on the terminal itself: /dev/tty, so that redirected standard
/// streams neither feed nor see it, and with echo off. The terminal is put back on every way out,
/// also when a signal (Ctrl-C, Ctrl-Z, hang-up, termination) interrupts the question; the signal
/// then takes its ordinary course, and after Ctrl-Z and `fg` the question is asked again.
/// Thread word: thread-safe, one question at a time. Signals reach the question only if the other
/// threads of the process leave them to it.

#include <string_view>

#include "keys/secret.hpp"

namespace assay::keys {

/// Writes `prompt`, reads one line. The line may be empty. Errors: key_unavailable (no terminal, or
/// the question was interrupted), limit (more than Secret::kCapacityBytes), io.
[[nodiscard]] Result<Secret> ask_terminal(std::string_view prompt);

}  // namespace assay::keys
