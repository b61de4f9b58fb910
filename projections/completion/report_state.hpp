#pragma once

/// What is kept of the end of testing: evaluations, completion reports, work-off plans, waivers,
/// audit reports, and what came to light afterwards. Thread word: plain values.

#include <set>

#include "ledger/events/completion.hpp"
#include "projections/board/marks.hpp"

namespace assay::projections {

/// What a program found at a head of the log. Informative: whoever reads it computes it again.
struct Evaluation {
  std::optional<std::vector<events::EvaluatedItems>> counts;  ///< ascending by planned entry
  events::Engine engine;
  events::LogHead inputs;
  Mark mark;
  Identifier phase;
  std::set<Identifier> planned_entries;
  std::vector<events::PolicyVersion> policies;
  std::vector<events::CriterionVerdict> verdicts;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(counts), CEREAL_NVP(engine), CEREAL_NVP(inputs), CEREAL_NVP(mark),
            CEREAL_NVP(phase), CEREAL_NVP(planned_entries), CEREAL_NVP(policies),
            CEREAL_NVP(verdicts));
  }
};

struct Report {
  Hash document;
  std::optional<Timestamp> effective_at;  ///< absent while DCC's second voice is missing
  events::ReportKind kind = events::ReportKind::mt;
  Mark mark;
  std::set<Identifier> outstanding_issues;
  std::set<Identifier> phases;
  std::set<Identifier> planned_entries;
  std::uint64_t seen_size = 0;
  std::optional<Identifier> work_off_plan;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(effective_at), CEREAL_NVP(kind), CEREAL_NVP(mark),
            CEREAL_NVP(outstanding_issues), CEREAL_NVP(phases), CEREAL_NVP(planned_entries),
            CEREAL_NVP(seen_size), CEREAL_NVP(work_off_plan));
  }
};

/// A change of a work-off item after the baseline.
struct WorkOffUpdate {
  Mark mark;
  std::optional<Identifier> owner;
  std::string reason;
  std::optional<Identifier> target;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(owner), CEREAL_NVP(reason), CEREAL_NVP(target));
  }
};

struct PlannedWorkOff {
  std::optional<Mark> completed;
  std::uint64_t evidence = 0;  ///< files named with the completion
  Identifier first_target;
  Identifier owner;   ///< as it stands
  Identifier target;  ///< as it stands
  std::vector<WorkOffUpdate> updates;
  std::optional<std::string> workaround;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(completed), CEREAL_NVP(evidence), CEREAL_NVP(first_target),
            CEREAL_NVP(owner), CEREAL_NVP(target), CEREAL_NVP(updates), CEREAL_NVP(workaround));
  }
};

struct WorkOffPlan {
  std::map<Identifier, PlannedWorkOff> items;  ///< by issue
  Mark mark;
  std::set<Identifier> phases;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(items), CEREAL_NVP(mark), CEREAL_NVP(phases));
  }
};

/// A rule that need not be met for a while.
struct RuleWaiver {
  std::optional<EventId> approval;
  std::optional<Identifier> expires_on;  ///< the last London day on which it holds
  Mark mark;
  std::optional<Identifier> phase;       ///< absent: in every phase
  std::set<Identifier> planned_entries;  ///< empty: for all
  std::string reason;
  Identifier rule;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(expires_on), CEREAL_NVP(mark), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entries), CEREAL_NVP(reason), CEREAL_NVP(rule));
  }
};

struct AuditReport {
  Identifier auditor;
  Hash document;
  Mark mark;
  events::AuditOpinion opinion = events::AuditOpinion::disclaimer;
  std::set<Identifier> phases;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(auditor), CEREAL_NVP(document), CEREAL_NVP(mark), CEREAL_NVP(opinion),
            CEREAL_NVP(phases));
  }
};

struct PostExitDefect {
  events::LiveEnvironment environment = events::LiveEnvironment::live;
  std::optional<Identifier> issue;
  Mark mark;
  Identifier phase;
  std::set<Identifier> planned_entries;
  std::uint64_t severity = 0;
  std::string title;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(environment), CEREAL_NVP(issue), CEREAL_NVP(mark), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entries), CEREAL_NVP(severity), CEREAL_NVP(title));
  }
};

}  // namespace assay::projections
