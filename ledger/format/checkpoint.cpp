#include "ledger/format/checkpoint.hpp"

#include <algorithm>
#include <utility>

#include "ledger/base/encoding.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/format/lines.hpp"

namespace assay {
namespace {

bool is_line(std::string_view text) {
  return !text.empty() && text.find('\n') == std::string_view::npos;
}

Status check_empty_root(const Checkpoint& checkpoint, Errc code) {
  if (checkpoint.size != 0 || checkpoint.root == merkle::kEmptyRoot) return {};
  return fail(code, "the root of an empty tree is " + merkle::kEmptyRoot.hex() + ", not " +
                        checkpoint.root.hex());
}

const NoteVerifier* maker_of(const NoteSignature& line,
                             const std::vector<const NoteVerifier*>& verifiers) {
  const auto found = std::ranges::find_if(
      verifiers, [&](const NoteVerifier* verifier) { return verifier->made(line); });
  return found == verifiers.end() ? nullptr : *found;
}

/// Tells the log's signatures from those of the witnesses.
Status sort_signatures(std::vector<NoteSignature> verified, const CheckpointKeys& keys,
                       OpenedCheckpoint& opened) {
  for (NoteSignature& line : verified) {
    if (maker_of(line, keys.log) != nullptr) {
      opened.log_signatures.push_back(std::move(line));
      continue;
    }
    ASSAY_TRY(const Cosignature cosignature, decode_cosignature(line.signature));
    opened.witnesses.push_back({line.name, line.key_id, cosignature.time_s});
  }
  if (opened.log_signatures.empty()) {
    return fail(Errc::tampered_signature, "the checkpoint is not signed by the key of the log");
  }
  return {};
}

Result<OpenedNote> open_with(std::string_view note, const CheckpointKeys& keys) {
  for (const NoteVerifier* witness : keys.witnesses) {
    if (witness->type() != NoteKeyType::cosignature_v1) {
      return fail(Errc::invalid_argument,
                  "the key of witness " + witness->name() + " is not one that makes cosignatures");
    }
  }
  std::vector<const NoteVerifier*> known = keys.log;
  known.insert(known.end(), keys.witnesses.begin(), keys.witnesses.end());
  return open_note(note, known);
}

}  // namespace

Result<std::string> format_checkpoint(const Checkpoint& checkpoint) {
  if (!is_line(checkpoint.origin)) {
    return fail(Errc::invalid_argument, "the origin of a checkpoint is one line, not empty");
  }
  if (!std::ranges::all_of(checkpoint.extensions, is_line)) {
    return fail(Errc::invalid_argument, "an extension of a checkpoint is one line, not empty");
  }
  if (checkpoint.size > merkle::kTreeSizeMax) {
    return fail(Errc::invalid_argument, "the size in a checkpoint is at most 2^63 - 1");
  }
  std::string text = checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
                     to_base64(checkpoint.root.view()) + '\n';
  for (const std::string& extension : checkpoint.extensions) text.append(extension) += '\n';
  ASSAY_CHECK(check_text(text));
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  ASSAY_CHECK(check_text(text));
  Checkpoint checkpoint;
  ASSAY_TRY(checkpoint.origin, take_line(text));
  ASSAY_TRY(const std::string_view size, take_line(text));
  ASSAY_TRY(const std::string_view root, take_line(text));
  if (checkpoint.origin.empty()) {
    return fail(Errc::malformed, "the origin line of the checkpoint is empty");
  }
  const auto parsed_size = parse_decimal(size);
  if (!parsed_size) return std::unexpected(Error(parsed_size.error()).in("tree size"));
  checkpoint.size = *parsed_size;
  const auto parsed_root = hash_from_base64(root);
  if (!parsed_root) return std::unexpected(Error(parsed_root.error()).in("root hash"));
  checkpoint.root = *parsed_root;
  while (!text.empty()) {
    ASSAY_TRY(const std::string_view extension, take_line(text));
    if (extension.empty()) {
      return fail(Errc::malformed, "an extension line of the checkpoint is empty");
    }
    checkpoint.extensions.emplace_back(extension);
  }
  return checkpoint;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                    std::span<const Signer* const> signers) {
  ASSAY_CHECK(check_empty_root(checkpoint, Errc::invalid_argument));
  ASSAY_TRY(std::string text, format_checkpoint(checkpoint));
  Note note{std::move(text), {}};
  for (const Signer* signer : signers) {
    ASSAY_TRY(note.signatures.emplace_back(), sign_text(note.text, checkpoint.origin, *signer));
  }
  return format_note(note);
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer) {
  const Signer* const signers[] = {&signer};
  return sign_checkpoint(checkpoint, signers);
}

Result<OpenedCheckpoint> open_checkpoint(std::string_view note, const CheckpointKeys& keys) {
  ASSAY_TRY(OpenedNote opened_note, open_with(note, keys));
  OpenedCheckpoint opened;
  ASSAY_CHECK(sort_signatures(std::move(opened_note.verified), keys, opened));
  opened.ignored = std::move(opened_note.ignored);
  opened.text = std::move(opened_note.text);
  ASSAY_TRY(opened.checkpoint, parse_checkpoint(opened.text));
  if (opened.checkpoint.origin != keys.origin) {
    return fail(Errc::tampered_signature, "this is a checkpoint of \"" + opened.checkpoint.origin +
                                              "\", not of \"" + keys.origin + "\"");
  }
  ASSAY_CHECK(check_empty_root(opened.checkpoint, Errc::tampered_hash));
  return opened;
}

}  // namespace assay
