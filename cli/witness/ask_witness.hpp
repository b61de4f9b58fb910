#pragma once

/// A log that asks a witness to cosign a checkpoint (C2SP tlog-witness). What comes back is
/// verified before anybody keeps it; whatever a witness does, asking it ends within a time.
/// Thread word: thread-safe; borrows everything that it is given.

#include <functional>
#include <optional>
#include <string>

#include "ledger/base/time.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/tlog_policy.hpp"

namespace assay::cli {

/// What is to be cosigned.
struct CosignRequest {
  std::string note;  ///< the checkpoint with the log's signatures, and no others
  OpenedCheckpoint opened;
  const NoteVerifier* log = nullptr;
  merkle::NodeReader nodes;  ///< of the log; thread-safe
  std::function<Timestamp()> now;
  std::uint32_t time_ms = 10'000;       ///< for all that is asked of one witness
  std::uint32_t clock_ahead_s_max = 0;  ///< how far in the future a cosignature may be
};

enum class AskOutcome : std::uint8_t {
  cosigned,     ///< a line came that verifies
  already,      ///< its line stood on the checkpoint; it was not asked
  no_address,   ///< the policy does not say where to ask
  unknown_key,  ///< its key is of a type that this program cannot verify
  unreachable,  ///< no connection, or no whole answer in time
  refused,      ///< it said no
  bad_answer,   ///< what it said is not what a witness says
  forked,       ///< it holds a head, signed by the log's key, that this log contradicts
};
[[nodiscard]] std::string_view text_of(AskOutcome outcome) noexcept;

struct Asked {
  AskOutcome outcome = AskOutcome::unreachable;
  int status = 0;  ///< of the last answer; 0 for none
  std::optional<Error> problem;
  std::optional<NoteSignature> line;  ///< cosigned
  std::uint64_t time_s = 0;           ///< cosigned: by the witness's clock
  std::optional<std::string> other;   ///< forked: the note that this log contradicts
};

/// `old_size` is a guess at what the witness cosigned last; where it is wrong the witness says so.
/// The witness has a key and an address.
[[nodiscard]] Asked ask_witness(const CosignRequest& request, const PolicyWitness& witness,
                                std::uint64_t old_size);

}  // namespace assay::cli
