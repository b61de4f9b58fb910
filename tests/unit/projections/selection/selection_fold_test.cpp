// The fold of what was said about the choice of DMCs and about the EPCL.

#include <catch2/catch.hpp>

#include "projections/selection/selection.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/unit/projections/selection/sample_plan.hpp"

namespace selection_fold_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::TestKind;

namespace {

constexpr const char* kOpens = "2019-09-30T08:00:00.000000Z";
constexpr const char* kCloses = "2019-10-11T16:00:00.000000Z";

events::ConsultationResponseRecorded response(const char* id) {
  events::ConsultationResponseRecorded event;
  event.confidential = Commitment{sha256("salted")};
  event.consultation = "CON-1";
  event.received_at = at("2019-10-10T09:00:00.000000Z");
  event.respondent = "SUP-ALPHA";
  event.response = id;
  return event;
}

EventFeed full_history() {
  EventFeed feed;
  feed.add(dmc_proposed("DMC-MDS-002", {TestKind::sit, TestKind::mt}));
  feed.add(consultation_opened("CON-1", {events::Audience::tag}, kOpens, kCloses));
  feed.add(response("RESP-1"));
  feed.add(consultation_closed("CON-1", kCloses, 1));
  feed.add(dmc_selected("DMC-MDS-002", {TestKind::sit}, "CON-1"));
  const EventId left = feed.add(dmc_deselected("DMC-MDS-002", true));
  feed.add(dmc_substituted("DMC-MDS-002", "DMC-MDS-004", "tag_only", {"ESME.firmware_ver"}),
           Stage::awaiting_voices);
  feed.add(events::SelectionAppealed{"AP-1", "DMC-MDS-002", "it was well tested", left});
  feed.add(events::AppealDetermined{"AP-1", events::AppealOutcome::upheld, "so it was"});
  feed.add(events::PpclEntryRecorded{"2019-11-20", events::PpclDetermination::testing_required,
                                     "DMC-MDS-004", "SUP-ALPHA"});
  feed.add(equivalence_claimed("PEE-006", "DMC-MDS-002", {"ESME.firmware_ver"}));
  feed.endorse(feed.add(epcl_entry_made("PEE-006", "2019-11-22"), Stage::awaiting_voices));
  feed.add(epcl_entry_removed("PEE-006"));
  feed.add(withdrawn("PEE-004"));
  feed.add(events::ReleaseCompleted{"MOC"});
  return feed;
}

}  // namespace

TEST_CASE("a consultation keeps its responses, with commitments where they are confidential") {
  EventFeed feed;
  const EventId opened =
      feed.add(consultation_opened("CON-1", {events::Audience::tag}, kOpens, kCloses));
  const EventId twice =
      feed.add(consultation_opened("CON-1", {events::Audience::public_}, kOpens, kCloses));
  feed.add(response("RESP-1"));
  feed.add(response("RESP-1"));
  feed.add(consultation_closed("CON-1", kCloses, 1));
  feed.add(consultation_closed("CON-1", kCloses, 2));
  feed.add(consultation_closed("CON-2", kCloses));
  const auto selection = feed.folded<Selection>();
  const Consultation& consultation = selection.consultations.at("CON-1");
  CHECK(consultation.opened.event == opened);
  CHECK(consultation.audiences == std::set{events::Audience::tag});
  REQUIRE(consultation.responses.size() == 1);
  CHECK(consultation.responses.at("RESP-1").confidential->commitment == sha256("salted"));
  REQUIRE(consultation.ended.has_value());
  CHECK(consultation.ended->responses_count == 1);
  CHECK(selection.unplaced.at("consultation_opened").first == twice);
  CHECK(selection.unplaced.at("consultation_response_recorded").count == 1);
  CHECK(selection.unplaced.at("consultation_closed").count == 2);
}

TEST_CASE("a substitution shows while it waits, and takes effect with its last voice") {
  EventFeed feed;
  const EventId id = feed.add(dmc_substituted("DMC-MDS-002", "DMC-MDS-004", "tag_only", {}),
                              Stage::awaiting_voices);
  auto selection = feed.folded<Selection>();
  REQUIRE(selection.dmcs.at("DMC-MDS-002").substitutions.size() == 1);
  CHECK_FALSE(selection.dmcs.at("DMC-MDS-002").substitutions[0].effective_at.has_value());
  feed.endorse(id);
  selection = feed.folded<Selection>();
  REQUIRE(selection.dmcs.at("DMC-MDS-002").substitutions.size() == 1);
  const DmcSubstitution& substitution = selection.dmcs.at("DMC-MDS-002").substitutions[0];
  CHECK(substitution.mark.event == id);
  REQUIRE(substitution.effective_at.has_value());
  CHECK(*substitution.effective_at > substitution.mark.recorded_at);
}

TEST_CASE("an entry of the EPCL stands once it is published, until it is removed") {
  EventFeed feed;
  const auto standing = [&] {
    return feed.folded<Selection>().planned_entries.at("PEE-001").standing;
  };
  const EventId id = feed.add(epcl_entry_made("PEE-001", "2019-11-22"), Stage::awaiting_voices);
  CHECK(standing() == EpclStanding::never_listed);
  feed.endorse(id);
  CHECK(standing() == EpclStanding::listed);
  CHECK(feed.folded<Selection>().planned_entries.at("PEE-001").listings.size() == 1);
  feed.add(epcl_entry_removed("PEE-001"));
  CHECK(standing() == EpclStanding::removed);
  feed.add(epcl_entry_made("PEE-001", "2019-11-22"));
  CHECK(standing() == EpclStanding::listed);
}

TEST_CASE("what was never listed cannot be removed, and that somebody said so is kept") {
  EventFeed feed;
  feed.add(epcl_entry_removed("PEE-001"));
  const auto selection = feed.folded<Selection>();
  CHECK(selection.planned_entries.at("PEE-001").standing == EpclStanding::never_listed);
  CHECK(selection.planned_entries.at("PEE-001").removals.size() == 1);
  CHECK(selection.unplaced.at("epcl_entry_removed").count == 1);
}

TEST_CASE("an appeal is determined once, and the first withdrawal of an entry stands") {
  EventFeed feed = full_history();
  feed.add(events::AppealDetermined{"AP-1", events::AppealOutcome::dismissed, "or not"});
  feed.add(events::AppealDetermined{"AP-2", events::AppealOutcome::dismissed, "which?"});
  auto again = withdrawn("PEE-004");
  again.reason = events::WithdrawalReason::uneconomic;
  feed.add(again);
  const auto selection = feed.folded<Selection>();
  CHECK(selection.appeals.at("AP-1").determined->outcome == events::AppealOutcome::upheld);
  CHECK(selection.unplaced.at("appeal_determined").count == 2);
  CHECK(selection.planned_entries.at("PEE-004").withdrawal->reason ==
        events::WithdrawalReason::deselected);
}

TEST_CASE("the selection comes back from both archives as it was, and folds in pieces") {
  const EventFeed feed = full_history();
  const auto whole = feed.folded<Selection>();
  CHECK(whole.unplaced.empty());
  CHECK(to_canonical(from_canonical<Selection>(to_canonical(whole)).value()) ==
        to_canonical(whole));
  for (std::size_t cut = 0; cut <= feed.size(); ++cut) {
    Selection first;
    feed.fold(first, 0, cut);
    auto rest = from_binary<Selection>(to_binary(first)).value();
    feed.fold(rest, cut, feed.size());
    CHECK(state_digest(rest) == state_digest(whole));
  }
}

}  // namespace selection_fold_test
