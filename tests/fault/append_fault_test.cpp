// Every operation of the file system fails once, and from then on, with and without effect; the
// count goes up until none is left to fail. After each, the ordinary start must do.

#include <catch2/catch.hpp>

#include "tests/support/append_story.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

/// Runs the story with the `at`-th operation failing. False when there was none.
bool fails_well(const FaultFs::Plan& plan) {
  AppendStory story;
  story.env.fs->arm(plan);
  story.live();
  story.stop();
  const bool has_fired = story.env.fs->has_fired();
  story.env.fs->disarm();
  CAPTURE(plan.at, plan.forever, plan.is_done, plan.no_space);
  const std::vector<std::string> problems = story.recover();
  CHECK(problems == std::vector<std::string>{});
  return has_fired;
}

std::uint64_t fail_every_operation(FaultFs::Plan plan) {
  for (plan.at = 1; fails_well(plan); ++plan.at) {
  }
  return plan.at - 1;
}

}  // namespace

TEST_CASE("the story works when nothing fails", "[fault]") {
  AppendStory story;
  story.live();
  CHECK(story.in_doubt() == 0);
  CHECK(story.acknowledged() == 16);
  CHECK(story.recover() == std::vector<std::string>{});
}

TEST_CASE("an operation that fails once without effect loses nothing", "[fault]") {
  CHECK(fail_every_operation({.at = 0, .forever = false, .is_done = false, .no_space = false}) >
        100);
}

TEST_CASE("an operation that takes effect and reports failure loses nothing", "[fault]") {
  CHECK(fail_every_operation({.at = 0, .forever = false, .is_done = true, .no_space = false}) >
        100);
}

TEST_CASE("operations that fail from some point on lose nothing", "[fault]") {
  CHECK(fail_every_operation({.at = 0, .forever = true, .is_done = false, .no_space = false}) >
        100);
}

TEST_CASE("operations that take effect and report failure from some point on lose nothing",
          "[fault]") {
  CHECK(fail_every_operation({.at = 0, .forever = true, .is_done = true, .no_space = false}) > 100);
}

TEST_CASE("a disk that is full from some point on loses nothing", "[fault]") {
  CHECK(fail_every_operation({.at = 0, .forever = true, .is_done = false, .no_space = true}) > 100);
}
