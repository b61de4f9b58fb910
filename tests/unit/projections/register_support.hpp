#pragma once

/// What the register's tests share: a log with a programme in it, and words for what was objected.

#include <catch2/catch.hpp>

#include "projections/fold/projection.hpp"
#include "projections/register/register.hpp"
#include "tests/support/fold_log.hpp"

namespace assay::testing {

using Objections = std::vector<verify::Objection>;

/// A register and the log that it folds; with the programme of FoldLog::begin_programme.
struct Programme {
  projections::Register reg;
  FoldLog log{reg};
  Programme() { log.begin_programme(); }

  [[nodiscard]] Hash digest() const { return projections::state_digest(reg.state()); }
  [[nodiscard]] Terms seeing() const {
    Terms terms;
    terms.seen = log.seen();
    return terms;
  }
};

inline Terms keeping_on() {
  Terms terms;
  terms.mode = verify::OnObjection::keep_on;
  return terms;
}

inline std::string text_of(const Objections& objections) {
  std::string text;
  for (const auto& objection : objections) {
    text.append(enum_text(objection.claim)).append(": ").append(objection.error.message) += "\n";
  }
  return text;
}

/// One objection of that claim and code, whose message contains `words`.
inline void check_objection(const Objections& objections, verify::Claim claim, Errc code,
                            const std::string& words) {
  INFO(text_of(objections));
  REQUIRE(objections.size() == 1);
  CHECK(objections[0].claim == claim);
  CHECK(objections[0].error.code == code);
  CHECK(objections[0].error.message.find(words) != std::string::npos);
  CHECK(objections[0].error.entry.has_value());
}
inline void check_unauthorised(const Objections& objections, const std::string& words) {
  check_objection(objections, verify::Claim::authority, Errc::unauthorised, words);
}
inline void check_rejected(const Objections& objections, const std::string& words) {
  check_objection(objections, verify::Claim::invariants, Errc::rejected, words);
}
inline void check_admitted(const Objections& objections) {
  INFO(text_of(objections));
  CHECK(objections.empty());
}

}  // namespace assay::testing
