#pragma once

/// Events about the log itself and how far it can be believed: stated digests, verifications,
/// witnesses, anchors, clocks, corrections. The log's checkpoints are signed notes, not events.

#include "ledger/events/completion.hpp"

namespace assay::events {

enum class AnchorKind : std::uint8_t { rfc3161, tag_minutes, published_page };
enum class VerificationResult : std::uint8_t { nothing_failed, failed, incomplete };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::AnchorKind>[] = {"rfc3161", "tag_minutes",
                                                                      "published_page"};
template <>
inline constexpr std::string_view kEnumTexts<events::VerificationResult>[] = {
    "nothing_failed", "failed", "incomplete"};
}  // namespace assay
namespace assay::events {

/// The digest of one projection's state.
struct StatedDigest {
  Hash digest;
  Identifier name;
  std::uint64_t version = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(name), CEREAL_NVP(version));
  }
};

/// "Folded up to `size`, the states have these digests." Whoever verifies folds again and compares.
struct StatesAttested {
  static constexpr std::string_view kType = "states_attested";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key, .decision = true};
  std::vector<StatedDigest> digests;  ///< ascending by name
  Engine engine;
  std::uint64_t size = 0;

  [[nodiscard]] std::string subject() const { return "log/states"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digests), CEREAL_NVP(engine), CEREAL_NVP(size));
  }
  void invariants(Invariants& v) const {
    v.require(!digests.empty(), "an attestation states at least one digest");
    v.had_size(size, "size");
  }
};

/// Somebody verified the log up to a head, and says what came of it.
struct VerificationPerformed {
  static constexpr std::string_view kType = "verification_performed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  Engine engine;
  LogHead head;
  std::optional<Hash> report;
  VerificationResult result = VerificationResult::incomplete;

  [[nodiscard]] std::string subject() const { return "log/verification"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(engine), CEREAL_NVP(head), CEREAL_NVP(report), CEREAL_NVP(result));
  }
  void evidence_files(std::vector<Hash>& files) const {
    if (report) files.push_back(*report);
  }
  void invariants(Invariants& v) const { v.had_size(head.size, "head.size"); }
};

/// A witness's cosignature of a checkpoint came in; the cosignature itself lies with the note.
struct CheckpointWitnessed {
  static constexpr std::string_view kType = "checkpoint_witnessed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  LogHead head;
  std::string witness;  ///< its name in the note
  Timestamp witnessed_at;

  [[nodiscard]] std::string subject() const { return "log/checkpoint"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(head), CEREAL_NVP(witness), CEREAL_NVP(witnessed_at));
  }
  void invariants(Invariants& v) const {
    v.require(!witness.empty(), "a cosignature names its witness");
    v.had_size(head.size, "head.size");
  }
};

/// A head of the log was fixed somewhere outside it.
struct ExternalAnchorRecorded {
  static constexpr std::string_view kType = "external_anchor_recorded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  AnchorKind anchor = AnchorKind::tag_minutes;
  Timestamp anchored_at;
  std::optional<Hash> evidence;  ///< the token, the minutes, the page
  LogHead head;
  std::string reference;

  [[nodiscard]] std::string subject() const { return "log/checkpoint"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(anchor), CEREAL_NVP(anchored_at), CEREAL_NVP(evidence), CEREAL_NVP(head),
            CEREAL_NVP(reference));
  }
  void evidence_files(std::vector<Hash>& files) const {
    if (evidence) files.push_back(*evidence);
  }
  void invariants(Invariants& v) const {
    v.require(!reference.empty(), "an anchor says where it can be found");
    v.had_size(head.size, "head.size");
  }
};

/// An earlier event said something wrong. It stays as it is; this stands beside it.
struct CorrectionRecorded {
  static constexpr std::string_view kType = "correction_recorded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key, .decision = true};
  std::string field;
  std::string new_value;
  std::string old_value;
  std::string reason;
  EventId target;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::decision, target.text()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(new_value), CEREAL_NVP(old_value), CEREAL_NVP(reason),
            CEREAL_NVP(target));
  }
  void invariants(Invariants& v) const {
    v.require(!field.empty() && !reason.empty(), "a correction names its field and its reason");
    v.require(old_value != new_value, "a correction changes something");
    v.event(target);
  }
};

struct ClockAttested {
  static constexpr std::string_view kType = "clock_attested";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  std::int64_t offset_ms = 0;  ///< of the log's clock against the source; positive: it is ahead
  std::string source;

  [[nodiscard]] std::string subject() const { return "log/clock"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offset_ms), CEREAL_NVP(source));
  }
  void invariants(Invariants& v) const {
    v.require(!source.empty(), "an attestation of the clock names its source");
  }
};

}  // namespace assay::events
