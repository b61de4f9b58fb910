#pragma once

/// A head of the log as it stands on paper: in the minutes of a meeting, as a QR code or as words.
///
///   assay-pin/1 <origin> <size> <base64 root> <log id in hex>
///
/// is one line that a scanner reads. It binds origin, size, root and log as a pin's checkpoint
/// does, but carries no signature of the log: it is believed because of the paper that it stands
/// on.
///
/// The twelve words of a head are those of the SHA-256 over the first three lines of its
/// checkpoint. A stranger cannot find another head with the same words; whoever makes both can,
/// with about 2^48 attempts (docs/format.md annex E). Thread word: plain values and pure functions.

#include <string>
#include <string_view>

#include "ledger/verify/pin.hpp"

namespace assay::verify {

inline constexpr std::string_view kPaperPinSchema = "assay-pin/1";
inline constexpr std::size_t kPaperPinSizeBytes = 1'024;

struct PaperPin {
  std::string origin;
  merkle::TreeHead head;
  Hash log_id;
};

/// Without a line end. Errors: invalid_argument (the origin stands in no checkpoint).
[[nodiscard]] Result<std::string> format_paper_pin(const PaperPin& pin);
/// Takes any white space between and around the five parts, as a line may be broken on paper.
/// Errors: malformed, limit, unsupported (another version).
[[nodiscard]] Result<PaperPin> parse_paper_pin(std::string_view text);

/// A pin without note and states.
[[nodiscard]] Pin pin_from(const PaperPin& pin);
/// A pin file, or a pin from paper. Errors: those of parse_pin and parse_paper_pin.
[[nodiscard]] Result<Pin> parse_any_pin(std::string_view text);

/// What the words of a head are taken from. Errors: invalid_argument (as format_checkpoint).
[[nodiscard]] Result<Hash> head_digest(std::string_view origin, const merkle::TreeHead& head);

}  // namespace assay::verify
