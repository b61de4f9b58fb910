#pragma once

/// What the rulebook keeps of a policy and of a clause: everything that was said of either, in the
/// order of the log. What was in force when is computed from it (in_force.hpp, clauses.hpp).
/// Thread word: plain values.

#include "projections/board/marks.hpp"

namespace assay::projections {

/// What a body said of a version of a policy ("policy/THR-SAMPLE-A.v1"). A Panel's or the Secretary
/// of State's decision is kept in the words of a position: approved is endorsed, approved with
/// conditions endorsed with comments, rejected not endorsed, deferred noted.
struct PolicyPosition {
  events::Body body = events::Body::tag;
  Mark mark;
  events::Position position = events::Position::noted;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(body), CEREAL_NVP(mark), CEREAL_NVP(position));
  }
};

/// One published version. Its content never changes; a second publication under the same number is
/// refused by the register.
struct PolicyVersion {
  events::PolicyBody body;
  Hash digest;  ///< SHA-256 of the body's canonical form, as published
  std::optional<std::string> interpretation;
  std::vector<events::LegalBasis> legal_basis;
  std::string note;
  std::vector<PolicyPosition> positions;  ///< in the order of the log
  Mark published;
  std::string title;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(body), CEREAL_NVP(digest), CEREAL_NVP(interpretation),
            CEREAL_NVP(legal_basis), CEREAL_NVP(note), CEREAL_NVP(positions), CEREAL_NVP(published),
            CEREAL_NVP(title));
  }
};

struct PolicyActivation {
  std::optional<EventId> approval;
  Timestamp effective_from;
  Mark mark;
  events::PolicyScope scope;
  std::uint64_t version = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(effective_from), CEREAL_NVP(mark), CEREAL_NVP(scope),
            CEREAL_NVP(version));
  }
};

struct PolicySupersession {
  Timestamp effective_from;
  Mark mark;
  std::optional<std::uint64_t> new_version;
  std::uint64_t old_version = 1;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(effective_from), CEREAL_NVP(mark), CEREAL_NVP(new_version),
            CEREAL_NVP(old_version), CEREAL_NVP(reason));
  }
};

struct Policy {
  std::vector<PolicyActivation> activations;
  std::vector<PolicySupersession> supersessions;
  std::map<std::uint64_t, PolicyVersion> versions;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(activations), CEREAL_NVP(supersessions), CEREAL_NVP(versions));
  }
};

/// "clause 13.11 of the SVTAD", in whatever version of the document it stands.
struct ClauseRef {
  Identifier clause;
  Identifier document;
  /// By document, and by number within it as far as texts sort.
  auto operator<=>(const ClauseRef& other) const {
    const auto by_document = document <=> other.document;
    return by_document != 0 ? by_document : clause <=> other.clause;
  }
  bool operator==(const ClauseRef&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(clause), CEREAL_NVP(document));
  }
};

struct ClauseStep {
  std::string document_version;
  Identifier effective_on;  ///< a London day
  Mark mark;
  std::optional<std::string> note;
  std::string source;
  events::ClauseStatus status = events::ClauseStatus::proposed;
  std::optional<Hash> text_digest;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document_version), CEREAL_NVP(effective_on), CEREAL_NVP(mark),
            CEREAL_NVP(note), CEREAL_NVP(source), CEREAL_NVP(status), CEREAL_NVP(text_digest));
  }
};

}  // namespace assay::projections
