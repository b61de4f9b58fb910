#pragma once

/// Signed notes (C2SP signed-note): a text that ends in a newline, a blank line, then signature
/// lines. The parser accepts nothing but what the formatter produces, so that a note has one form.
/// The text says nothing until a signature of a known key has been verified: see open_note().
/// Thread word: plain values and pure functions.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"

namespace assay {

/// Signature lines in a note, at most.
inline constexpr std::size_t kNoteSignatures = 100;

/// "— <name> <base64 of key id and signature>". Name and key id together say which key.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string signature;  // raw bytes, at least one

  auto operator<=>(const NoteSignature&) const = default;
};

/// A note as written, not verified.
struct Note {
  std::string text;  // with its final newline, without the blank line
  std::vector<NoteSignature> signatures;

  auto operator<=>(const Note&) const = default;
};

/// At most limits::kNoteSizeBytes and kNoteSignatures. Errors: malformed, limit.
[[nodiscard]] Result<Note> parse_note(std::string_view bytes);

/// Errors: invalid_argument (text without final newline, no signatures, a name that no key can
/// have, an empty signature), malformed (control characters, UTF-8), limit.
[[nodiscard]] Result<std::string> format_note(const Note& note);

/// One note with the signature lines of both, each once, those of `first` first. Errors: malformed,
/// limit, invalid_argument (they are notes of two texts).
[[nodiscard]] Result<std::string> join_signatures(std::string_view first, std::string_view second);

}  // namespace assay
