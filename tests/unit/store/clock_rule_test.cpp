#include "ledger/store/clock_rule.hpp"

#include <catch2/catch.hpp>

#include "ledger/events/catalogue.hpp"

using namespace assay;
using namespace assay::store;

namespace {

constexpr std::int64_t kMsUs = 1'000;

ClockView view_of(std::int64_t now_us, std::optional<std::int64_t> last_us) {
  ClockView clock;
  clock.now.us = now_us;
  if (last_us) clock.last = Timestamp{*last_us};
  clock.ahead_max_ms = 10;
  return clock;
}

SubmissionView submission_of(const std::vector<std::string>& events, std::string& bytes) {
  SubmissionDraft draft;
  draft.events = events;
  draft.log = "x";
  draft.id = "0a1b2c3d-0000-4000-8000-000000000001";
  bytes = format_submission(draft).value();
  SubmissionView view;
  REQUIRE(parse_submission(bytes, view).has_value());
  return view;
}

}  // namespace

TEST_CASE("the first entry may have any time", "[store][clock]") {
  CHECK(recorded_time(view_of(-5, std::nullopt))->us == -5);
}

TEST_CASE("time stands still or goes on, and nothing else", "[store][clock]") {
  CHECK(recorded_time(view_of(100, 100))->us == 100);
  CHECK(recorded_time(view_of(101, 100))->us == 101);
  CHECK(recorded_time(view_of(99, 100)).error().code == Errc::clock);
}

TEST_CASE("a leap is refused beyond the limit, and a millisecond counts when it is full",
          "[store][clock]") {
  CHECK(recorded_time(view_of(100 + 10 * kMsUs, 100))->us == 100 + 10 * kMsUs);
  CHECK(recorded_time(view_of(100 + 11 * kMsUs - 1, 100)).has_value());
  CHECK(recorded_time(view_of(100 + 11 * kMsUs, 100)).error().code == Errc::clock);
}

TEST_CASE("after a reset every time is taken", "[store][clock]") {
  ClockView clock = view_of(50, 100);
  clock.was_reset = true;
  CHECK(recorded_time(clock)->us == 50);
  clock.now.us = 100 + 1'000 * kMsUs;
  CHECK(recorded_time(clock)->us == clock.now.us);
}

TEST_CASE("a way out is recorded at the last entry's time", "[store][clock]") {
  ClockView clock = view_of(50, 100);
  clock.is_way_out = true;
  CHECK(recorded_time(clock)->us == 100);
  clock.now.us = 200;
  CHECK(recorded_time(clock)->us == 200);
}

TEST_CASE("a way out is made of resets and endorsements of resets alone", "[store][clock]") {
  events::ClockReset reset;
  reset.reason = "a flat battery";
  events::DecisionEndorsed endorsed;
  endorsed.target = {7, 1};
  const std::string resetting = encode_event(reset, Timestamp{});
  const std::string endorsing = encode_event(endorsed, Timestamp{});
  const std::string other = encode_event(events::Heartbeat{}, Timestamp{});
  const auto of_a_reset = [](const EventId& target) { return target == EventId{7, 1}; };
  const auto of_none = [](const EventId&) { return false; };
  std::string bytes;
  CHECK(is_way_out(submission_of({resetting}, bytes), of_none));
  CHECK(is_way_out(submission_of({endorsing}, bytes), of_a_reset));
  CHECK(is_way_out(submission_of({endorsing, resetting}, bytes), of_a_reset));
  CHECK_FALSE(is_way_out(submission_of({endorsing}, bytes), of_none));
  CHECK_FALSE(is_way_out(submission_of({other}, bytes), of_a_reset));
  CHECK_FALSE(is_way_out(submission_of({resetting, other}, bytes), of_a_reset));
}
