#include "ledger/format/note.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/format/lines.hpp"
#include "ledger/format/vkey.hpp"

namespace assay {
namespace {

constexpr std::string_view kDashAndSpace = "\xE2\x80\x94 ";  // U+2014
constexpr std::size_t kKeyIdSizeBytes = 4;

Status check_size(std::size_t size_bytes) {
  if (size_bytes <= limits::kNoteSizeBytes) return {};
  return fail(Errc::limit, "a note has at most " + std::to_string(limits::kNoteSizeBytes) +
                               " bytes, not " + std::to_string(size_bytes));
}

Status check_count(std::size_t count) {
  if (count <= kNoteSignatures) return {};
  return fail(Errc::limit,
              "a note has at most " + std::to_string(kNoteSignatures) + " signature lines");
}

/// One signature line without its newline.
Result<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kDashAndSpace)) {
    return fail(Errc::malformed, "it does not begin with an em dash and a space");
  }
  line.remove_prefix(kDashAndSpace.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) {
    return fail(Errc::malformed, "it does not name a key");
  }
  ASSAY_TRY(const std::string raw, from_base64(line.substr(space + 1)));
  if (raw.size() <= kKeyIdSizeBytes) {
    return fail(Errc::malformed, "the signature is shorter than a key id and one byte");
  }
  NoteSignature signature{std::string(line.substr(0, space)), 0, raw.substr(kKeyIdSizeBytes)};
  for (std::size_t i = 0; i < kKeyIdSizeBytes; ++i) {
    signature.key_id = signature.key_id << 8U | static_cast<unsigned char>(raw[i]);
  }
  return signature;
}

Status append_signature(std::string& bytes, const NoteSignature& signature) {
  if (!is_key_name(signature.name)) {
    return fail(Errc::invalid_argument, "\"" + signature.name + "\" cannot be the name of a key");
  }
  if (signature.signature.empty()) {
    return fail(Errc::invalid_argument, "the signature by " + signature.name + " is empty");
  }
  std::string raw;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    raw += static_cast<char>(signature.key_id >> shift & 0xFFU);
  }
  raw += signature.signature;
  bytes.append(kDashAndSpace).append(signature.name).append(" ").append(to_base64(raw)) += '\n';
  return {};
}

}  // namespace

Result<Note> parse_note(std::string_view bytes) {
  ASSAY_CHECK(check_size(bytes.size()));
  ASSAY_CHECK(check_text(bytes));
  // The text may hold blank lines itself: the last one ends it.
  const std::size_t blank = bytes.rfind("\n\n");
  if (blank == std::string_view::npos) {
    return fail(Errc::malformed, "a note needs a blank line before its signatures");
  }
  Note note{std::string(bytes.substr(0, blank + 1)), {}};
  std::string_view rest = bytes.substr(blank + 2);
  if (rest.empty()) return fail(Errc::malformed, "a note needs at least one signature line");
  while (!rest.empty()) {
    const std::string where = "signature line " + std::to_string(note.signatures.size() + 1);
    ASSAY_CHECK(check_count(note.signatures.size() + 1));
    ASSAY_TRY(const std::string_view line, take_line(rest));
    auto signature = parse_signature(line);
    if (!signature) return std::unexpected(std::move(signature).error().in(where));
    note.signatures.push_back(*std::move(signature));
  }
  return note;
}

Result<std::string> format_note(const Note& note) {
  if (!note.text.ends_with('\n')) {
    return fail(Errc::invalid_argument, "the text of a note ends in a newline");
  }
  if (note.signatures.empty()) {
    return fail(Errc::invalid_argument, "a note needs at least one signature");
  }
  ASSAY_CHECK(check_count(note.signatures.size()));
  ASSAY_CHECK(check_text(note.text));
  std::string bytes = note.text + '\n';
  for (const NoteSignature& signature : note.signatures) {
    ASSAY_CHECK(append_signature(bytes, signature));
  }
  ASSAY_CHECK(check_size(bytes.size()));
  return bytes;
}

Result<std::string> join_signatures(std::string_view first, std::string_view second) {
  ASSAY_TRY(Note joined, parse_note(first));
  ASSAY_TRY(Note more, parse_note(second));
  if (joined.text != more.text) {
    return fail(Errc::invalid_argument, "signatures of two texts do not stand on one note");
  }
  for (NoteSignature& line : more.signatures) {
    if (std::ranges::find(joined.signatures, line) != joined.signatures.end()) continue;
    joined.signatures.push_back(std::move(line));
  }
  return format_note(joined);
}

}  // namespace assay
