// Folding is one thing, however it is cut: at once, over snapshots, or with unrelated events in
// another order.

#include "projections/board/phase_board.hpp"
#include "projections/fold/programme_fold.hpp"
#include "projections/issues/issue_register.hpp"
#include "tests/property/projections/random_history.hpp"
#include "tests/support/fold_log.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

/// The digest of a fold that is saved and restored at every cut.
template <class Projection>
Hash folded_over(const EventFeed& feed, const std::vector<std::size_t>& cuts) {
  Projection projection;
  std::size_t from = 0;
  for (const std::size_t cut : cuts) {
    feed.fold(projection, from, cut);
    auto restored = from_binary<Projection>(to_binary(projection));
    REQUIRE(restored.has_value());
    CHECK(state_digest(*restored) == state_digest(projection));
    projection = *std::move(restored);
    from = cut;
  }
  feed.fold(projection, from, feed.size());
  return state_digest(projection);
}

template <class Projection>
void check_cuts(const EventFeed& feed, Random& random) {
  const Hash at_once = state_digest(feed.folded<Projection>());
  std::vector<std::size_t> cuts{random.below(feed.size() + 1)};
  CHECK(folded_over<Projection>(feed, cuts) == at_once);
  for (std::size_t cut = cuts[0] + 1; cut < feed.size(); cut += 1 + random.below(20)) {
    cuts.push_back(cut);
  }
  CHECK(folded_over<Projection>(feed, cuts) == at_once);
}

/// What finds no place is counted over all histories, first and last included, so its tallies are
/// about the order of the whole log. Nothing else is,
void forget_order(IssueRegister& issues) { issues.unplaced.clear(); }

/// but for what is kept because somebody, of any history, looked back in between.
void forget_order(PhaseBoard& board) {
  board.unplaced.clear();
  board.last_look.reset();
  for (auto& [id, phase] : board.phases) {
    for (auto& [planned_entry, entry] : phase.entries) {
      for (auto& [name, item] : entry.items) {
        for (auto& [build, kept] : item.imported) kept.erase(kept.begin(), kept.end() - 1);
      }
    }
  }
}

/// Folds both histories, each in its own order, taking turns at random.
template <class Projection>
Hash interleaved(const EventFeed& one, const EventFeed& other, Random& random) {
  Projection projection;
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < one.size() || b < other.size()) {
    const bool take_one = b == other.size() || (a < one.size() && random.below(2) == 0);
    take_one ? one.apply(projection, a++) : other.apply(projection, b++);
  }
  forget_order(projection);
  return state_digest(projection);
}

}  // namespace

TEST_CASE("a fold over snapshots at any points ends where the fold at once ends") {
  Random random;
  INFO("seed " << Random::seed());
  for (int round = 0; round < 300; ++round) {
    HistoryPlan plan;
    plan.events = 10 + random.below(200);
    const EventFeed feed = random_history(random, plan);
    INFO("round " << round);
    check_cuts<PhaseBoard>(feed, random);
    check_cuts<IssueRegister>(feed, random);
  }
}

TEST_CASE("a snapshot at every single point of a history changes nothing") {
  Random random;
  INFO("seed " << Random::seed());
  HistoryPlan plan;
  plan.events = 200;
  const EventFeed feed = random_history(random, plan);
  std::vector<std::size_t> cuts;
  for (std::size_t cut = 0; cut <= feed.size(); ++cut) cuts.push_back(cut);
  CHECK(folded_over<PhaseBoard>(feed, cuts) == state_digest(feed.folded<PhaseBoard>()));
  CHECK(folded_over<IssueRegister>(feed, cuts) == state_digest(feed.folded<IssueRegister>()));
}

TEST_CASE("the digest does not depend on which of two unrelated histories is folded first") {
  Random random;
  INFO("seed " << Random::seed());
  for (int round = 0; round < 200; ++round) {
    HistoryPlan plan;
    plan.prefix = "A-";
    plan.entry_step = 2;
    const EventFeed one = random_history(random, plan);
    plan.prefix = "B-";
    plan.first_entry = 2;
    const EventFeed other = random_history(random, plan);
    INFO("round " << round);
    CHECK(interleaved<PhaseBoard>(one, other, random) ==
          interleaved<PhaseBoard>(one, other, random));
    CHECK(interleaved<IssueRegister>(one, other, random) ==
          interleaved<IssueRegister>(one, other, random));
  }
}

TEST_CASE("the whole programme, judged and folded, goes on from a snapshot as if there were none") {
  Random random;
  INFO("seed " << Random::seed());
  for (int round = 0; round < 20; ++round) {
    HistoryPlan plan;
    plan.events = 150;
    const EventFeed feed = random_history(random, plan);
    ProgrammeFold fold;
    FoldLog log(fold);
    log.begin_programme();
    Terms terms;
    terms.mode = verify::OnObjection::keep_on;  // random histories break every rule there is
    for (const FedEvent& event : feed.events()) {
      if (event.stage == Stage::became_effective) continue;
      terms.seen = log.seen();
      log.say("dcc-tm", {event.data}, terms);
    }
    const std::size_t cut = random.below(log.entries().size() + 1);
    ProgrammeFold again;
    for (std::size_t i = 0; i < log.entries().size(); ++i) {
      if (i == cut) {
        auto restored = ProgrammeFold::restore(again.snapshot());
        REQUIRE(restored.has_value());
        again = *std::move(restored);
      }
      EntryView entry;
      REQUIRE(parse_entry(log.entries()[i], entry).has_value());
      again.admit(entry, verify::OnObjection::keep_on);
    }
    INFO("round " << round << ", cut at " << cut);
    CHECK(again.digests() == fold.digests());
  }
}
