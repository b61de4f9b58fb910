// The power goes at every operation of the file system; what was not synced is lost, in part, or
// replaced by noise. What was acknowledged is there afterwards, by the ordinary start.

#include <catch2/catch.hpp>

#include "tests/support/append_story.hpp"
#include "tests/support/random.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

void lose_power_everywhere(FaultFs::Loss loss) {
  CAPTURE(Random::seed());
  for (std::uint64_t at = 1;; ++at) {
    AppendStory story;
    // From here on nothing takes effect, which is what a machine without power does.
    story.env.fs->arm({.at = at, .forever = true, .is_done = false, .no_space = false});
    story.live();
    story.stop();
    const bool has_fired = story.env.fs->has_fired();
    story.env.fs->disarm();
    story.env.fs->restore_power(loss, Random::seed() + static_cast<std::uint32_t>(at));
    CAPTURE(at);
    CHECK(story.recover() == std::vector<std::string>{});
    if (!has_fired) {
      CHECK(at > 100);
      return;
    }
  }
}

}  // namespace

TEST_CASE("power that goes takes only what was not acknowledged", "[crash]") {
  lose_power_everywhere(FaultFs::Loss::all);
}

TEST_CASE("power that goes in the midst of a write takes only what was not acknowledged",
          "[crash]") {
  lose_power_everywhere(FaultFs::Loss::part);
}

TEST_CASE("power that goes and leaves noise behind takes only what was not acknowledged",
          "[crash]") {
  lose_power_everywhere(FaultFs::Loss::garbage);
}

TEST_CASE("a ledger that was made is there after the power went", "[crash]") {
  FaultEnv env = FaultEnv::in_memory();
  store::Backing backing;
  backing.env = env.env.get();
  const std::string directory = "/ledger";
  REQUIRE(store::create_with(backing, directory, kTestOrigin).has_value());
  env.fs->cut_power();
  env.fs->restore_power(FaultFs::Loss::all, Random::seed());
  const auto opened = store::open_writable_with(backing, directory, {});
  REQUIRE(opened.has_value());
  CHECK(opened->origin() == kTestOrigin);
}
