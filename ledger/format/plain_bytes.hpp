#pragma once

/// Runs of bytes that need no attention, which is what most of a log consists of. Sixteen bytes at
/// a time where the processor has SSE2 (every x86-64 has), eight elsewhere, one at the end of a
/// text. Pure functions; they read nothing at or beyond `end`.

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace assay {

/// True for printable ASCII other than '"' and '\'.
constexpr bool is_plain(char c) noexcept {
  return static_cast<signed char>(c) >= 0x20 && c != '"' && c != '\\';
}
/// True for the characters of member names.
constexpr bool is_name_char(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// `skip_plain` without vector instructions.
inline const char* skip_plain_words(const char* at, const char* end) noexcept {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  const auto has_zero = [](std::uint64_t v) { return (v - kOnes) & ~v & kHigh; };
  while (end - at >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHigh;
    if ((control | (word & kHigh) | has_zero(word ^ (kOnes * '"')) |
         has_zero(word ^ (kOnes * '\\'))) != 0) {
      break;
    }
    at += 8;
  }
  while (at < end && is_plain(*at)) ++at;
  return at;
}

/// The first byte that is not plain; `end` if there is none.
inline const char* skip_plain(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
  while (end - at >= 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // Bytes from 0x80 on are negative here, and so below 0x20 as well.
    const __m128i special = _mm_or_si128(_mm_cmplt_epi8(block, _mm_set1_epi8(0x20)),
                                         _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')),
                                                      _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(special));
    if (bits != 0) return at + std::countr_zero(bits);
    at += 16;
  }
#endif
  return skip_plain_words(at, end);
}

/// The first byte that is no character of a member name; `end` if there is none.
inline const char* skip_name(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
  const auto above = [](__m128i block, char low) {
    return _mm_cmpgt_epi8(block, _mm_set1_epi8(static_cast<char>(low - 1)));
  };
  const auto below = [](__m128i block, char high) {
    return _mm_cmplt_epi8(block, _mm_set1_epi8(static_cast<char>(high + 1)));
  };
  while (end - at >= 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i letters = _mm_and_si128(above(block, 'a'), below(block, 'z'));
    const __m128i digits = _mm_and_si128(above(block, '0'), below(block, '9'));
    const __m128i lines = _mm_cmpeq_epi8(block, _mm_set1_epi8('_'));
    const auto bits = static_cast<unsigned>(
        _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letters, digits), lines)));
    if (bits != 0xFFFFU) return at + std::countr_one(bits);
    at += 16;
  }
#endif
  while (at < end && is_name_char(*at)) ++at;
  return at;
}

}  // namespace assay
