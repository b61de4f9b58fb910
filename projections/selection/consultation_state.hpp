#pragma once

/// What is kept of a consultation: whom it asked, from when to when, what came in, how it ended.
/// What a respondent marked as confidential is a commitment and stays one. Thread word: plain
/// values.

#include <set>

#include "projections/board/marks.hpp"

namespace assay::projections {

struct ConsultationResponse {
  std::optional<Commitment> confidential;
  std::optional<Hash> document;
  Mark mark;
  Timestamp received_at;
  Identifier respondent;
  std::optional<std::string> summary;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(confidential), CEREAL_NVP(document), CEREAL_NVP(mark),
            CEREAL_NVP(received_at), CEREAL_NVP(respondent), CEREAL_NVP(summary));
  }
};

struct ConsultationEnd {
  Timestamp closed_at;
  std::optional<Hash> conclusion;
  Mark mark;
  std::uint64_t responses_count = 0;  ///< as its author counts them
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(closed_at), CEREAL_NVP(conclusion), CEREAL_NVP(mark),
            CEREAL_NVP(responses_count));
  }
};

struct Consultation {
  Identifier about;  ///< a topic
  std::set<events::Audience> audiences;
  Timestamp closes_at;  ///< as announced
  std::vector<Hash> documents;
  std::optional<ConsultationEnd> ended;
  Mark opened;
  Timestamp opens_at;
  std::map<Identifier, ConsultationResponse> responses;
  std::string title;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(audiences), CEREAL_NVP(closes_at), CEREAL_NVP(documents),
            CEREAL_NVP(ended), CEREAL_NVP(opened), CEREAL_NVP(opens_at), CEREAL_NVP(responses),
            CEREAL_NVP(title));
  }
};

}  // namespace assay::projections
