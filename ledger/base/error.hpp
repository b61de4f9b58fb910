#pragma once

/// The error vocabulary of the whole project, grouped by what the caller does next.
///
/// Problems of the *run* (could not read, could not lock) and problems of the *evidence* (bytes
/// parse and a hash, link or signature is wrong) never share a code: an integrity check that
/// cannot look must not be mistaken for one that looked and found damage, nor for one that passed.
/// Thread word: everything here is a plain value, immutable once built.

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace assay {

enum class Errc : std::uint8_t {
  // The run: exit codes below 10.
  internal = 1,      ///< a bug of ours, reported instead of guessed around
  io,                ///< storage refused; nothing was stored
  no_space,          ///< the disk is full; nothing was stored
  outcome_unknown,   ///< a write failed after it may have become durable: reopen and look
  crypto,            ///< libcrypto refused (entropy, memory)
  clock,             ///< the machine's clock is behind the log, or too far ahead of it
  invalid_argument,  ///< fix the call
  not_found,         ///< nothing there; absence is an answer
  conflict,          ///< the head moved, or the same id was used for other bytes: reload, decide
  malformed,         ///< bytes do not parse; no claim about intent
  limit,             ///< over a documented limit
  rejected,          ///< parses, but breaks a hard invariant of the log
  locked,            ///< another writer holds the ledger
  key_unavailable,   ///< no such key, unreadable, wrong passphrase
  unauthorised,      ///< the key or its role may not say this here
  gate_not_met,      ///< the run worked; a gate that was asked for is not met
  unsupported,       ///< written by a newer format than this build reads
  // The evidence: exit codes from 10.
  tampered_hash,       ///< bytes and their hash disagree
  tampered_order,      ///< gap, reordering or truncation
  tampered_signature,  ///< a signature or key is wrong
  forked,              ///< two states of one log, or of one author, that cannot both be true
  state_mismatch,      ///< a projection differs from what the log says it was
  evidence_damaged,    ///< an evidence file is missing or altered
  incomplete,          ///< could not be checked; never reported as success
};

/// The code's stable name, as printed and as used in JSON output: "tampered_hash".
[[nodiscard]] std::string_view name_of(Errc code) noexcept;

struct Error {
  Errc code = Errc::internal;
  std::string message;                 ///< what is wrong and where, one line, no final stop
  std::string hint;                    ///< what to do about it; may be empty
  std::optional<std::uint64_t> entry;  ///< the log entry concerned, 0-based

  [[nodiscard]] Error with_hint(std::string text) && {
    hint = std::move(text);
    return std::move(*this);
  }
  /// Puts "context: " before the message, so that a reader sees what was being done.
  [[nodiscard]] Error in(std::string_view context) && {
    message.insert(0, ": ").insert(0, context);
    return std::move(*this);
  }
  [[nodiscard]] Error at_entry(std::uint64_t index) && {
    entry = index;
    return std::move(*this);
  }
};

template <class T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

/// `return fail(Errc::malformed, "…");`
[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string message,
                                                 std::string hint = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(hint), std::nullopt});
}

/// Prints what broke and aborts. For invariants that no input can break.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace assay

#define ASSAY_CONCAT_INNER(a, b) a##b
#define ASSAY_CONCAT(a, b) ASSAY_CONCAT_INNER(a, b)

/// `ASSAY_TRY(auto x, f());` assigns the value of a Result or returns its error.
#define ASSAY_TRY(declaration, ...)                                                \
  auto ASSAY_CONCAT(assay_try_, __LINE__) = (__VA_ARGS__);                         \
  if (!ASSAY_CONCAT(assay_try_, __LINE__))                                         \
    return std::unexpected(std::move(ASSAY_CONCAT(assay_try_, __LINE__)).error()); \
  declaration = std::move(*ASSAY_CONCAT(assay_try_, __LINE__))

/// `ASSAY_CHECK(f());` returns the error of a Status, if there is one.
#define ASSAY_CHECK(...)                                \
  if (auto assay_status = (__VA_ARGS__); !assay_status) \
  return std::unexpected(std::move(assay_status).error())

/// Aborts in every build type: a broken invariant is a bug, never an input.
#define ASSAY_ASSERT(condition) \
  ((condition) ? void(0) : ::assay::assertion_failed(#condition, __FILE__, __LINE__))
