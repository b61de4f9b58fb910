#include "ledger/format/witness_judgement.hpp"

#include <algorithm>

#include "ledger/format/note.hpp"

namespace assay {
namespace {

constexpr int kBadRequest = 400;
constexpr int kForbidden = 403;
constexpr int kUnknownLog = 404;
constexpr int kConflict = 409;
constexpr int kUnprocessable = 422;

std::unexpected<WitnessRefusal> refuse(int status, std::string reason, bool fork = false) {
  return std::unexpected(WitnessRefusal{status, std::move(reason), fork});
}

int status_of(Errc code) {
  switch (code) {
    case Errc::tampered_signature: return kForbidden;
    case Errc::tampered_hash: return kUnprocessable;
    default: return kBadRequest;
  }
}

/// What the text says before anybody is believed: only where to look for the key.
Result<Checkpoint> claimed_by(std::string_view note) {
  ASSAY_TRY(const Note parsed, parse_note(note));
  return parse_checkpoint(parsed.text);
}

}  // namespace

std::expected<ExaminedRequest, WitnessRefusal> examine_witness_request(
    std::string_view body, std::span<const CheckpointKeys> logs) {
  auto request = parse_witness_request(body);
  if (!request) return refuse(kBadRequest, request.error().message);
  const auto claimed = claimed_by(request->checkpoint);
  if (!claimed) return refuse(kBadRequest, "the checkpoint: " + claimed.error().message);
  const auto log = std::ranges::find(logs, claimed->origin, &CheckpointKeys::origin);
  if (log == logs.end()) return refuse(kUnknownLog, "this witness does not watch that log");
  auto opened = open_checkpoint(request->checkpoint, *log);
  if (!opened) return refuse(status_of(opened.error().code), opened.error().message);
  return ExaminedRequest{*std::move(request), *std::move(opened)};
}

std::expected<void, WitnessRefusal> judge_witness_request(const ExaminedRequest& examined,
                                                          const merkle::TreeHead& latest) {
  const merkle::TreeHead head = examined.opened.checkpoint.head();
  const WitnessRequest& request = examined.request;
  if (request.old_size > head.size) {
    return refuse(kBadRequest, "the old size is above the checkpoint's");
  }
  if (request.old_size != latest.size) {
    return refuse(kConflict, "the latest checkpoint cosigned here has another size");
  }
  if (latest.size == 0) {
    if (request.proof.empty()) return {};
    return refuse(kUnprocessable, "from an empty tree there is nothing to prove");
  }
  if (head.size == latest.size && head.root != latest.root) {
    return refuse(kUnprocessable, "the log signed two roots of one size", true);
  }
  const Status consistent = merkle::check_consistency(latest, head, request.proof);
  if (!consistent) return refuse(kUnprocessable, consistent.error().message);
  return {};
}

}  // namespace assay
