#pragma once

/// How a witness decides (C2SP tlog-witness, "add-checkpoint"), apart from the wire and the disk.
/// What needs no state comes first; what is compared with the state must happen together with
/// storing it, under one lock: else two requests that are checked side by side and stored in the
/// other order would take the witness back.
/// Thread word: pure functions.

#include <expected>
#include <span>
#include <string>

#include "ledger/format/checkpoint.hpp"
#include "ledger/format/witness_request.hpp"

namespace assay {

/// Why a witness does not cosign, by the status of the protocol.
struct WitnessRefusal {
  int status = 0;      // 400, 403, 404, 409 or 422
  std::string reason;  // for people
  bool fork = false;   // the log's key signed two roots of one size: what is held against is proof
};

/// A request whose checkpoint a known log signed.
struct ExaminedRequest {
  WitnessRequest request;
  OpenedCheckpoint opened;
};

/// 400: malformed. 404: of no log in `logs`. 403: not signed by a key of that log, or a line of
/// such a key does not verify. 422: an empty tree with another root than merkle::kEmptyRoot.
[[nodiscard]] std::expected<ExaminedRequest, WitnessRefusal> examine_witness_request(
    std::string_view body, std::span<const CheckpointKeys> logs);

/// `latest` is the head that this witness cosigned last; size 0 where there is none.
/// 400: the old size is above the checkpoint's. 409: it is not that of `latest`. 422: the proof
/// does not lead from `latest` to the checkpoint, or there is one where there is nothing to prove.
[[nodiscard]] std::expected<void, WitnessRefusal> judge_witness_request(
    const ExaminedRequest& examined, const merkle::TreeHead& latest);

}  // namespace assay
