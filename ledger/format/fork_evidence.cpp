#include "ledger/format/fork_evidence.hpp"

#include <utility>

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/format/lines.hpp"

namespace assay {
namespace {

constexpr std::string_view kLogLine = "log ";
constexpr std::string_view kOtherLine = "other ";

Status check_evidence_size(std::size_t size_bytes) {
  if (size_bytes <= kForkEvidenceSizeBytes) return {};
  return fail(Errc::limit, "a file of fork evidence has at most " +
                               std::to_string(kForkEvidenceSizeBytes) + " bytes, not " +
                               std::to_string(size_bytes));
}

/// The text of a checkpoint has no blank line, so a note of one has exactly one.
Result<Checkpoint> read_note(std::string_view which, std::string_view bytes) {
  const auto read = [&]() -> Result<Checkpoint> {
    ASSAY_TRY(const Note note, parse_note(bytes));
    return parse_checkpoint(note.text);
  };
  auto checkpoint = read();
  if (!checkpoint) return std::unexpected(std::move(checkpoint).error().in(which));
  return checkpoint;
}

/// Takes a note off the front of `rest`, and the blank line between two notes.
Result<std::string_view> take_note(std::string_view& rest) {
  const std::size_t text_end = rest.find("\n\n");
  const std::size_t end =
      text_end == std::string_view::npos ? text_end : rest.find("\n\n", text_end + 2);
  if (end == std::string_view::npos) {
    return fail(Errc::malformed, "two checkpoints must follow, with a blank line between them");
  }
  const std::string_view note = rest.substr(0, end + 1);
  rest.remove_prefix(end + 2);
  return note;
}

Result<merkle::Proof> take_hashes(std::string_view& rest) {
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

std::unexpected<Error> no_fork(std::string why) {
  return fail(Errc::rejected, "this proves no fork: " + std::move(why));
}

Result<Checkpoint> signed_by(const NoteVerifier& log, std::string_view which,
                             std::string_view note) {
  auto opened = open_checkpoint(note, {log.name(), {&log}, {}});
  if (!opened) return std::unexpected(std::move(opened).error().in(which));
  return std::move(opened->checkpoint);
}

Status check_contradiction(const ProvedFork& heads, const merkle::Proof& proof) {
  const merkle::TreeHead first = heads.first.head();
  const merkle::TreeHead second = heads.second.head();
  if (first.size > second.size) return no_fork("the first head is the larger one");
  if (first.size == second.size) {
    if (first.root == second.root) return no_fork("both heads are the same");
    if (!heads.other_root) return {};
    return no_fork("of two heads of one size there is nothing to prove besides");
  }
  if (!heads.other_root) {
    return no_fork("the sizes differ, and nothing shows what the larger head began as");
  }
  if (*heads.other_root == first.root) return no_fork("the larger head extends the smaller one");
  const Status follows = merkle::check_consistency({first.size, *heads.other_root}, second, proof);
  return follows ? Status{} : no_fork(follows.error().message);
}

}  // namespace

Result<std::string> format_fork_evidence(const ForkEvidence& evidence) {
  if (!evidence.proof.empty() && !evidence.other_root) {
    return fail(Errc::invalid_argument, "a proof needs the root that it starts from");
  }
  if (evidence.proof.size() > limits::kProofHashes) {
    return fail(Errc::invalid_argument,
                "a proof has at most " + std::to_string(limits::kProofHashes) + " hashes");
  }
  if (evidence.log.type != NoteKeyType::ed25519) {
    return fail(Errc::invalid_argument, "a log's key is of type 01");
  }
  ASSAY_CHECK(read_note("first checkpoint", evidence.first));
  ASSAY_CHECK(read_note("second checkpoint", evidence.second));
  ASSAY_TRY(const std::string vkey, format_vkey(evidence.log));
  std::string text = std::string(kForkEvidenceFirstLine) + '\n';
  text.append(kLogLine).append(vkey) += '\n';
  if (evidence.other_root) {
    text.append(kOtherLine).append(to_base64(evidence.other_root->view())) += '\n';
  }
  for (const Hash& hash : evidence.proof) text.append(to_base64(hash.view())) += '\n';
  text += '\n' + evidence.first + '\n' + evidence.second;
  ASSAY_CHECK(check_evidence_size(text.size()));
  return text;
}

Result<ForkEvidence> parse_fork_evidence(std::string_view bytes) {
  ASSAY_CHECK(check_evidence_size(bytes.size()));
  ASSAY_TRY(std::string_view line, take_line(bytes));
  if (line != kForkEvidenceFirstLine) {
    return fail(Errc::malformed,
                "fork evidence begins with \"" + std::string(kForkEvidenceFirstLine) + "\"");
  }
  ForkEvidence evidence;
  ASSAY_TRY(line, take_line(bytes));
  if (!line.starts_with(kLogLine)) return fail(Errc::malformed, "line 2 does not name the log");
  ASSAY_TRY(evidence.log, parse_vkey(line.substr(kLogLine.size())));
  if (evidence.log.type != NoteKeyType::ed25519) {
    return fail(Errc::malformed, "line 2: a log's key is of type 01");
  }
  if (bytes.starts_with(kOtherLine)) {
    ASSAY_TRY(line, take_line(bytes));
    ASSAY_TRY(evidence.other_root, hash_from_base64(line.substr(kOtherLine.size())));
  }
  ASSAY_TRY(evidence.proof, take_hashes(bytes));
  if (!evidence.proof.empty() && !evidence.other_root) {
    return fail(Errc::malformed, "a proof without the root that it starts from");
  }
  ASSAY_TRY(const std::string_view first, take_note(bytes));
  ASSAY_CHECK(read_note("first checkpoint", first));
  ASSAY_CHECK(read_note("second checkpoint", bytes));
  evidence.first = first;
  evidence.second = bytes;
  return evidence;
}

Result<ProvedFork> check_fork_evidence(const ForkEvidence& evidence,
                                       const VerifierFactory& factory) {
  ASSAY_TRY(const auto log, make_note_verifier(evidence.log, factory));
  ProvedFork heads;
  ASSAY_TRY(heads.first, signed_by(*log, "first checkpoint", evidence.first));
  ASSAY_TRY(heads.second, signed_by(*log, "second checkpoint", evidence.second));
  heads.other_root = evidence.other_root;
  ASSAY_CHECK(check_contradiction(heads, evidence.proof));
  return heads;
}

Result<ForkEvidence> make_fork_evidence(std::string a, std::string b, const VKey& log,
                                        const VerifierFactory& factory,
                                        const merkle::NodeReader* nodes) {
  ASSAY_TRY(Checkpoint smaller, read_note("first checkpoint", a));
  ASSAY_TRY(Checkpoint larger, read_note("second checkpoint", b));
  if (smaller.size > larger.size) {
    std::swap(smaller, larger);
    std::swap(a, b);
  }
  ForkEvidence evidence{log, std::nullopt, {}, std::move(a), std::move(b)};
  if (smaller.size != larger.size) {
    if (nodes == nullptr) {
      return fail(Errc::not_found,
                  "the heads are of two sizes: only a copy of the log that the "
                  "larger one is of shows what it began as");
    }
    ASSAY_TRY(evidence.other_root, merkle::root_at(smaller.size, *nodes));
    if (smaller.size > 0) {
      ASSAY_TRY(evidence.proof, merkle::prove_consistency(smaller.size, larger.size, *nodes));
    }
  }
  ASSAY_CHECK(check_fork_evidence(evidence, factory));
  return evidence;
}

}  // namespace assay
