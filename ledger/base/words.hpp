#pragma once

/// Hashes as words, for people to compare on paper, in a minute or over a telephone: one word for
/// each byte, so that twelve words are the first 96 bits of a hash. A stranger cannot find a second
/// log whose entry 0 has the same twelve words. Somebody who makes both logs can, with about 2^48
/// attempts: words are for comparing what two people already hold, and prove no identity.
///
/// The 256 words are ours, ordinary nouns of four to eight letters that differ in their first four;
/// their order is part of the format. Thread word: pure functions.

#include <span>
#include <string>
#include <string_view>

#include "ledger/base/hash.hpp"

namespace assay {

inline constexpr std::size_t kLogWords = 12;

/// The word of each byte value.
[[nodiscard]] std::span<const std::string_view, 256> byte_words() noexcept;

/// The first twelve bytes of `hash` as words, with single spaces between them.
[[nodiscard]] std::string words_of(const Hash& hash);

/// The twelve bytes that twelve words stand for. Takes what people write: any case, words separated
/// by white space, hyphens or commas, each given in full or by its first four letters at least.
/// Errors: malformed (the number of words, or one that is not in the list).
[[nodiscard]] Result<std::string> parse_words(std::string_view text);

}  // namespace assay
