#pragma once

/// What is kept of how far the log can be believed: verifications, witnesses, anchors, clocks,
/// corrections, stated digests. Thread word: plain values.

#include <set>

#include "ledger/events/integrity.hpp"
#include "projections/board/marks.hpp"

namespace assay::projections {

/// A witness's cosignature, as somebody recorded that it came in.
struct Cosignature {
  Mark mark;
  Hash root;
  std::string witness;
  Timestamp witnessed_at;  ///< as the witness says
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(root), CEREAL_NVP(witness), CEREAL_NVP(witnessed_at));
  }
};

struct Verification {
  events::Engine engine;
  events::LogHead head;
  Mark mark;
  std::optional<Hash> report;
  events::VerificationResult result = events::VerificationResult::incomplete;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(engine), CEREAL_NVP(head), CEREAL_NVP(mark), CEREAL_NVP(report),
            CEREAL_NVP(result));
  }
};

struct Anchor {
  events::AnchorKind anchor = events::AnchorKind::tag_minutes;
  Timestamp anchored_at;
  events::LogHead head;
  Mark mark;
  std::string reference;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(anchor), CEREAL_NVP(anchored_at), CEREAL_NVP(head), CEREAL_NVP(mark),
            CEREAL_NVP(reference));
  }
};

/// The log's clock against one source: the largest offset either way, and the last one.
struct ClockRecord {
  std::int64_t last_ms = 0;
  Tally tally;
  std::int64_t worst_ms = 0;
  EventId worst_event;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(last_ms), CEREAL_NVP(tally), CEREAL_NVP(worst_event), CEREAL_NVP(worst_ms));
  }
};

struct Correction {
  std::string field;
  Mark mark;
  std::string new_value;
  std::string old_value;
  std::string reason;
  EventId target;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(mark), CEREAL_NVP(new_value), CEREAL_NVP(old_value),
            CEREAL_NVP(reason), CEREAL_NVP(target));
  }
};

struct Attestation {
  std::vector<events::StatedDigest> digests;
  events::Engine engine;
  Mark mark;
  std::uint64_t size = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digests), CEREAL_NVP(engine), CEREAL_NVP(mark), CEREAL_NVP(size));
  }
};

}  // namespace assay::projections
