#include "tests/bench/bench_fold.hpp"

#include <ctime>
#include <string>

#include "projections/board/phase_board.hpp"
#include "projections/fold/programme_fold.hpp"
#include "tests/support/fold_log.hpp"

namespace assay::bench {
namespace {

using namespace assay::testing;

double thread_seconds() {
  std::timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

constexpr const char* kPhase = "MOC-MDS-SIT-01";
constexpr const char* kEntry = "PEE-001";

std::string item_id(std::uint64_t number) { return "TC-INSTALL-" + std::to_string(number); }

/// The results of imports that follow one another, each over the whole scope again and again.
class ResultStream {
 public:
  explicit ResultStream(const FoldPlan& plan) : plan_(plan) {}

  /// The events of the next submission; an import begins and ends between the results.
  std::vector<EventData> next() {
    std::vector<EventData> events;
    while (events.size() < plan_.events_each) {
      if (ordinal_ == 0) {
        import_ = "IMP-" + std::to_string(imports_++);
        events.emplace_back(
            import_started(import_, kPhase, kEntry, "S1SP-INV-2.4.1", plan_.results_each));
        ordinal_ = 1;
      } else if (ordinal_ > plan_.results_each) {
        auto receipt = import_finished(import_, plan_.results_each);
        events.emplace_back(receipt);
        ordinal_ = 0;
      } else {
        events.emplace_back(one(ordinal_++ - 1));
      }
    }
    return events;
  }

 private:
  [[nodiscard]] events::ResultImported one(std::uint64_t ordinal) const {
    const std::uint64_t number = ordinal % plan_.items;
    events::ResultImported event =
        result(import_, ordinal, number % 10 == 9 ? "" : item_id(number),
               number % 40 == 7 ? events::Outcome::failed : events::Outcome::passed);
    event.class_name = "migration.install.test_esme";
    event.counter = imports_ * plan_.results_each + ordinal;
    event.duration_ns = 12'400'000 + ordinal;
    event.duration_text = "0.0124";
    event.evidence = sha256(import_);
    event.name = "test_install_smets1_esme[DORMANT-" + std::to_string(ordinal) + "]";
    event.position = {9, ordinal + 3, 117 * ordinal + 400};
    event.suites = {{"MOC-MDS-SIT-01.PEE-001"}};
    return event;
  }

  const FoldPlan& plan_;
  std::string import_;
  std::uint64_t imports_ = 0;
  std::uint64_t ordinal_ = 0;  // of the next result, from 1; 0 between imports
};

void plan_programme(FoldLog& log, const FoldPlan& plan) {
  const auto admitted = [](const std::vector<verify::Objection>& objections) {
    ASSAY_ASSERT(objections.empty());
  };
  events::ReleaseDeclared release;
  release.release = "MOC";
  events::DeviceModelRegistered model;
  model.device_model = "M1";
  events::DmcDefined dmc;
  dmc.comms_provider = "CSP";
  dmc.device_models = IdentifierSet::of({"M1"});
  dmc.dmc = "DMC-MDS-001";
  admitted(log.say("dcc-rm", {release, model, dmc, planned_entry(kEntry)}));
  admitted(log.say("dcc-tm", {phase(kPhase, {kEntry})}));
  for (std::uint64_t i = 0; i < plan.items; i += 100) {
    std::vector<events::ScopeItem> items;
    for (std::uint64_t j = i; j < i + 100 && j < plan.items; ++j) {
      items.push_back(item(item_id(j), kEntry));
    }
    admitted(log.say("dcc-tm", {listed("SCOPE-1", kPhase, items)}));
  }
  admitted(log.say("sp-tl", {environment("ENV-1", {kPhase}, "S1SP-INV-2.4.1")}));
  Terms seeing;
  seeing.seen = log.seen();
  admitted(log.say("dcc-tm", {entry_decided(kPhase, {kEntry})}, seeing));
  admitted(log.say("dcc-tm", {phase_started(kPhase, {kEntry})}));
}

/// What was measured of one stretch of the log.
struct Stretch {
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
  double seconds = 0;
  [[nodiscard]] double ns_each() const { return seconds * 1e9 / static_cast<double>(events); }
};

/// A programme with its log, continued by imports.
class Rebuild {
 public:
  explicit Rebuild(const FoldPlan& plan) : plan_(plan), stream_(plan_), log_(fold_) {
    log_.begin_programme();
    plan_programme(log_, plan_);
  }

  Stretch fold(std::uint64_t events) {
    Stretch stretch;
    EntryView entry;
    while (stretch.events < events) {
      const std::string bytes = log_.form("harness", stream_.next());
      const double from = thread_seconds();
      ASSAY_ASSERT(parse_entry(bytes, entry).has_value());
      const auto objections = fold_.admit(entry, verify::OnObjection::keep_on);
      stretch.seconds += thread_seconds() - from;
      ASSAY_ASSERT(objections.empty());
      stretch.events += plan_.events_each;
      stretch.bytes += bytes.size();
    }
    return stretch;
  }

 private:
  const FoldPlan plan_;
  ResultStream stream_;
  projections::ProgrammeFold fold_;
  FoldLog log_;
};

/// What applying one decoded result to the board costs, and decoding it.
struct Parts {
  double apply_ns = 0;
  double decode_ns = 0;
  double bytes = 0;  ///< of an event's data, on average
};

/// One whole import, without its receipt.
std::vector<EventData> one_import(const FoldPlan& plan) {
  ResultStream stream(plan);
  std::vector<EventData> events;
  while (events.size() < plan.results_each + 1) {
    for (EventData& event : stream.next()) events.push_back(std::move(event));
  }
  events.resize(plan.results_each + 1);
  return events;
}

Parts measure_parts(const FoldPlan& plan) {
  projections::ProgrammeFold fold;
  FoldLog log(fold);
  log.begin_programme();
  plan_programme(log, plan);
  projections::PhaseBoard board = fold.board();
  const std::vector<EventData> events = one_import(plan);
  std::vector<std::string> data;
  Parts parts;
  for (const EventData& event : events) {
    data.push_back(encode_data(event));
    parts.bytes += static_cast<double>(data.back().size()) / static_cast<double>(events.size());
  }
  constexpr int kRounds = 20;
  const double count = kRounds * static_cast<double>(events.size());
  std::uint64_t entry = 1'000;
  double from = thread_seconds();
  for (int round = 0; round < kRounds; ++round) {
    for (const EventData& event : events) {
      board.apply({{++entry, 0}, event, {}, {}, {}, "S1SP-A", std::nullopt},
                  projections::Stage::in_effect);
    }
  }
  parts.apply_ns = (thread_seconds() - from) * 1e9 / count;
  EventData decoded;
  from = thread_seconds();
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < events.size(); ++i) {
      ASSAY_ASSERT(decode_event(type_of(events[i]), data[i], decoded).has_value());
    }
  }
  parts.decode_ns = (thread_seconds() - from) * 1e9 / count;
  return parts;
}

}  // namespace

std::vector<Figure> bench_fold(const FoldPlan& plan) {
  constexpr double kEventsPerSecond = 500'000;
  constexpr double kBudgetNs = 1e9 / kEventsPerSecond;
  constexpr double kApplyNs = 500;
  constexpr double kGrowth = 1.2;
  Rebuild rebuild(plan);
  const Stretch stretches[] = {rebuild.fold(plan.small - plan.window), rebuild.fold(plan.window),
                               rebuild.fold(plan.large - plan.small - plan.window),
                               rebuild.fold(plan.window)};
  Stretch all;
  for (const Stretch& stretch : stretches) {
    all.events += stretch.events;
    all.bytes += stretch.bytes;
    all.seconds += stretch.seconds;
  }
  const Parts parts = measure_parts(plan);
  const double rate = static_cast<double>(all.events) / all.seconds;
  const double near_small = stretches[1].ns_each();
  const double near_large = stretches[3].ns_each();
  const double log_bytes = static_cast<double>(all.bytes) / static_cast<double>(all.events);
  return {
      {"projection rebuild, events per second per core", rate, "events/s", kEventsPerSecond,
       rate / kEventsPerSecond, 1.0, false},
      {"cost of an event near " + std::to_string(plan.large) + " events against near " +
           std::to_string(plan.small),
       near_large, "ns", near_small, near_large / near_small, kGrowth, true},
      {"one imported result applied to the board", parts.apply_ns, "ns", kApplyNs,
       parts.apply_ns / kApplyNs, 1.0, true},
      {"one imported result decoded, " + std::to_string(static_cast<int>(parts.bytes)) + " of " +
           std::to_string(static_cast<int>(log_bytes)) +
           " bytes of log, against the whole budget of an event",
       parts.decode_ns, "ns", kBudgetNs, parts.decode_ns / kBudgetNs, 1.0, true},
  };
}

}  // namespace assay::bench
