#pragma once

/// What a sample is drawn from: every member of one kind that the log holds, by a name of one line,
/// in an order that the log alone decides, so that anybody who has the log makes the same list.
///
///   evidence     the files that events name, by SHA-256, ascending
///   issues       Testing Issues by id, ascending
///   results      run_finished and result_imported by address, in the order of the log
///   runs         announced runs by id, ascending
///   scope_items  "<scope>/<item>" as the scopes stand, ascending by scope, then item
///
/// Some are states; of results and files no state is kept one by one, so these are collected from
/// the events. Pure; thread word: thread-compatible.

#include <map>
#include <string>
#include <vector>

#include "projections/fold/programme_fold.hpp"
#include "projections/fold/recorded_event.hpp"

namespace assay::projections {

enum class PopulationKind : std::uint8_t { evidence, issues, results, runs, scope_items };

/// What shows a member to a reader.
struct MemberTrail {
  std::vector<EventId> events;  ///< that say it, oldest first
  std::string subject;          ///< "run/R-101"; empty for results, which are events themselves
};

class Population {
 public:
  /// Of `phase` alone, unless that is empty: issues raised in it, runs and scopes of it, results of
  /// its runs and imports, and the files that these name. Borrows `facts`, which are those at the
  /// size of the log that the sample is about.
  Population(const Facts& facts, PopulationKind kind, std::string phase)
      : facts_(facts), kind_(kind), phase_(std::move(phase)) {}

  /// False where the states are enough and no event has to be handed in.
  [[nodiscard]] bool wants_events() const noexcept;
  /// Whether an event of this type can be, or can name, a member.
  [[nodiscard]] bool wants(std::string_view type, std::uint64_t version) const;
  /// Takes the next event that is wanted, in the order of the log.
  void take(const EventId& id, const EventData& data);
  /// All names, in their order; asked once, after the last event.
  [[nodiscard]] std::vector<std::string> names() const;

  /// For a name that is in the population. Of a scope item's attempts, the last few.
  [[nodiscard]] MemberTrail trail_of(const std::string& name) const;

 private:
  [[nodiscard]] bool in_phase(const EventData& data) const;
  [[nodiscard]] bool phase_of_run(const Identifier& run) const;
  [[nodiscard]] bool phase_of_import(const Identifier& import) const;

  const Facts& facts_;
  PopulationKind kind_;
  std::string phase_;
  std::vector<std::string> results_;
  std::map<Hash, EventId> files_;  // the first event that names each
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::PopulationKind>[] = {
    "evidence", "issues", "results", "runs", "scope_items"};
}  // namespace assay
