#pragma once

/// The hard invariants of events (class H): what must hold for an event to enter the log at all.
///
/// Only structure: an id is new, a thing that is referred to exists, a run that ends was started. A
/// broken programme rule is never an invariant; it is recorded, and a projection finds it. Each
/// event type states its invariants beside its fields; whoever knows the log so far implements this
/// visitor.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/format/values.hpp"

namespace assay {

/// Kinds of things with identity; the texts are also the kinds of subjects ("phase/…").
enum class Kind : std::uint8_t {
  appeal,
  clause,
  consultation,
  decision,
  device,
  device_model,
  dmc,
  document,
  environment,
  evidence,
  gap,
  group,
  import,
  issue,
  key,
  log,
  party,
  phase,
  planned_entry,
  policy,
  regression,
  release,
  report,
  run,
  scope,
  test_case,
  waiver,
  work_off_plan,
};
inline constexpr std::string_view kKindTexts[] = {
    "appeal",        "clause",    "consultation", "decision",     "device", "device_model",
    "dmc",           "document",  "environment",  "evidence",     "gap",    "group",
    "import",        "issue",     "key",          "log",          "party",  "phase",
    "planned_entry", "policy",    "regression",   "release",      "report", "run",
    "scope",         "test_case", "waiver",       "work_off_plan"};
[[nodiscard]] constexpr std::string_view text_of(Kind kind) {
  return kKindTexts[static_cast<std::size_t>(kind)];
}

class Invariants {
 public:
  virtual ~Invariants() = default;
  /// The id is new; it exists, and is open, from here on.
  virtual void creates(Kind kind, std::string_view id) = 0;
  /// The combination of fields is new, whatever id carries it ("one planned entry per DMC and …").
  virtual void unique(Kind kind, std::string_view combination) = 0;
  virtual void exists(Kind kind, std::string_view id) = 0;
  /// The thing exists and is open, and is closed from here on.
  virtual void closes(Kind kind, std::string_view id) = 0;
  /// The thing is open, and this is its part number `ordinal`, counted from 0 without gaps.
  virtual void part(Kind kind, std::string_view id, std::uint64_t ordinal) = 0;
  /// The thing is open, has exactly `count` parts, and is closed from here on.
  virtual void closes_with(Kind kind, std::string_view id, std::uint64_t count) = 0;
  /// There is such an event before this one: in an earlier entry, or earlier in its submission.
  virtual void event(const EventId& id) = 0;
  /// `size`, which stands in the member of that name, is one that the log had before this entry.
  virtual void had_size(std::uint64_t size, std::string_view member) = 0;
  /// Whatever else is said of the thing, all who say it state the same `fields`; `what` they are is
  /// part of the sentence that the author reads.
  virtual void agrees(Kind kind, std::string_view id, std::string_view fields,
                      std::string_view what) = 0;
  /// A rule about the event's own fields; `rule` is the sentence that the author reads.
  virtual void require(bool holds, std::string_view rule) = 0;

  template <class Ids>
  void all_exist(Kind kind, const Ids& ids) {
    for (const auto& id : ids) exists(kind, id.text);
  }
  /// An event that the author may name or leave out.
  void event(const std::optional<EventId>& id) {
    if (id) event(*id);
  }
};

/// "2019-10-09": a calendar day without a time.
[[nodiscard]] bool is_date(std::string_view text);
/// Distinct subjects for things named by a version: "DNB-SIT.v0.9".
[[nodiscard]] std::string versioned(std::string_view id, std::string_view version);
[[nodiscard]] inline std::string subject_of(Kind kind, std::string_view id) {
  return std::string(text_of(kind)).append("/").append(id);
}

}  // namespace assay
