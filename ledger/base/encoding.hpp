#pragma once

/// Text forms of bytes: hexadecimal (lower case only) and base64 (RFC 4648 section 4, padded).
/// Decoders are strict: one text for one value, so that no signed or hashed file is malleable.
/// Thread word: pure functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay {

[[nodiscard]] std::string to_hex(std::string_view bytes);
/// Errors: malformed (odd length, upper case, any other character).
[[nodiscard]] Result<std::string> from_hex(std::string_view text);

/// The same into `out`, which has room for half as many bytes as `text` has digits; an even number
/// of them. False where a character is no digit.
[[nodiscard]] bool decode_hex(std::string_view text, std::uint8_t* out) noexcept;

[[nodiscard]] std::string to_base64(std::string_view bytes);
/// Errors: malformed (alphabet, missing padding, or trailing bits that are not zero).
[[nodiscard]] Result<std::string> from_base64(std::string_view text);

/// Decimal digits without sign or leading zero, as C2SP texts and event addresses use them.
/// Errors: malformed (anything else, or more than 2^63 - 1).
[[nodiscard]] Result<std::uint64_t> parse_decimal(std::string_view text);

/// True for well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

}  // namespace assay
