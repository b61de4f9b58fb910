#include "ledger/format/proof_file.hpp"

#include <utility>

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/format/lines.hpp"

namespace assay {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

Status check_file_size(std::size_t size_bytes) {
  if (size_bytes <= kProofFileSizeBytes) return {};
  return fail(Errc::limit, "a proof file has at most " + std::to_string(kProofFileSizeBytes) +
                               " bytes, not " + std::to_string(size_bytes));
}

/// Adds to the message of whatever failed what was being read.
template <class T>
Result<T> in(std::string_view context, Result<T> result) {
  if (result) return result;
  return std::unexpected(std::move(result).error().in(context));
}

Result<std::string> parse_extra(std::string_view text) {
  if (text.empty()) return fail(Errc::malformed, "the extra data is empty");
  return from_base64(text);
}

Result<merkle::Proof> parse_hashes(std::string_view& rest) {
  merkle::Proof hashes;
  ASSAY_TRY(std::string_view line, take_line(rest));
  while (!line.empty()) {
    if (hashes.size() == limits::kProofHashes) {
      return fail(Errc::malformed, "more than " + std::to_string(limits::kProofHashes) + " hashes");
    }
    ASSAY_TRY(hashes.emplace_back(), hash_from_base64(line));
    ASSAY_TRY(line, take_line(rest));
  }
  return hashes;
}

}  // namespace

Result<std::string> format_proof_file(const ProofFile& file) {
  if (file.extra && file.extra->empty()) {
    return fail(Errc::invalid_argument, "empty extra data is left out of a proof file");
  }
  if (file.index > INT64_MAX) {
    return fail(Errc::invalid_argument, "the index in a proof file is at most 2^63 - 1");
  }
  if (file.hashes.size() > limits::kProofHashes) {
    return fail(Errc::invalid_argument,
                "a proof file has at most " + std::to_string(limits::kProofHashes) + " hashes");
  }
  ASSAY_CHECK(in("checkpoint", parse_note(file.checkpoint)));
  std::string text(kFirstLine);
  text += '\n';
  if (file.extra) text.append(kExtra).append(to_base64(*file.extra)) += '\n';
  text.append(kIndex).append(std::to_string(file.index)) += '\n';
  for (const Hash& hash : file.hashes) text.append(to_base64(hash.view())) += '\n';
  text += '\n';
  text += file.checkpoint;
  ASSAY_CHECK(check_file_size(text.size()));
  return text;
}

Result<ProofFile> parse_proof_file(std::string_view bytes) {
  ASSAY_CHECK(check_file_size(bytes.size()));
  ASSAY_TRY(const std::string_view first, take_line(bytes));
  if (first != kFirstLine) {
    return fail(Errc::malformed, "a proof file begins with \"" + std::string(kFirstLine) + "\"");
  }
  ProofFile file;
  ASSAY_TRY(std::string_view line, take_line(bytes));
  if (line.starts_with(kExtra)) {
    ASSAY_TRY(file.extra, in("extra line", parse_extra(line.substr(kExtra.size()))));
    ASSAY_TRY(line, take_line(bytes));
  }
  if (!line.starts_with(kIndex)) {
    return fail(Errc::malformed, "the index line of the proof file is missing");
  }
  ASSAY_TRY(file.index, in("index line", parse_decimal(line.substr(kIndex.size()))));
  ASSAY_TRY(file.hashes, in("hash lines", parse_hashes(bytes)));
  ASSAY_CHECK(in("checkpoint", parse_note(bytes)));
  file.checkpoint = bytes;
  return file;
}

Result<OpenedCheckpoint> check_proof_file(const ProofFile& file, const Hash& leaf,
                                          const CheckpointKeys& keys) {
  ASSAY_TRY(OpenedCheckpoint opened, open_checkpoint(file.checkpoint, keys));
  ASSAY_CHECK(merkle::check_inclusion(leaf, file.index, opened.checkpoint.head(), file.hashes));
  return opened;
}

}  // namespace assay
