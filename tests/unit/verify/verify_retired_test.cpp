// Retirements state where a key's stream ended, and the verifier knows where it did.

#include <catch2/catch.hpp>

#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_retired_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);

  /// What retires `name` as its stream stands.
  events::KeyRetired retirement(const char* name) {
    const Author& author = builder.author(name);
    events::KeyRetired event;
    event.key = author.key();
    event.last_hash = author.last;
    event.last_sequence = author.sequence == 0 ? 0 : author.sequence - 1;
    event.reason = "the tool was replaced";
    return event;
  }
  std::uint64_t say(const char* name, const events::KeyRetired& event) {
    const std::uint64_t index = builder.append(builder.author(name), {event});
    builder.checkpoint();
    return index;
  }
  void check_failed(std::uint64_t index) {
    const Report report = verified(builder.log());
    CHECK(failed_claims(report) == std::set{Claim::author_streams});
    CHECK(report[Claim::author_streams].objection_count == 1);
    CHECK(report[Claim::author_streams].first->error.entry == index);
    CHECK(exit_code(report) == 11);
  }
};

}  // namespace

TEST_CASE("A retirement that states the stream as it is breaks nothing") {
  Programme programme;
  REQUIRE(programme.builder.author("harness").sequence > 1);
  programme.say("dcc-reg", programme.retirement("harness"));
  programme.say("dcc-reg", programme.retirement("a key that never spoke"));
  // It accounts for what it said before, not for the retirement itself.
  programme.say("dcc-reg", programme.retirement("dcc-reg"));
  CHECK(all_objections(verified(programme.builder.log())).empty());
}

TEST_CASE("A retirement that names another last submission fails, with both") {
  Programme programme;
  events::KeyRetired retired = programme.retirement("harness");
  const Hash last = retired.last_hash;
  retired.last_hash = sha256("a submission that was dropped");
  programme.check_failed(programme.say("dcc-reg", retired));
  const Report report = verified(programme.builder.log());
  const Objection& found = *report[Claim::author_streams].first;
  CHECK(found.expected.ends_with("the last " + last.hex()));
  CHECK(found.actual.ends_with("the last " + retired.last_hash.hex()));
}

TEST_CASE("A retirement that counts more or fewer submissions fails") {
  for (const std::uint64_t more : {1U, 2U}) {
    Programme programme;
    events::KeyRetired retired = programme.retirement("harness");
    retired.last_sequence += 2 * more - 3;  // one fewer, one more
    programme.check_failed(programme.say("dcc-reg", retired));
  }
  Programme programme;
  events::KeyRetired none = programme.retirement("harness");
  none.last_hash = Hash{};
  none.last_sequence = 0;
  programme.check_failed(programme.say("dcc-reg", none));
  Programme silent;
  events::KeyRetired some = silent.retirement("a key that never spoke");
  some.last_hash = sha256("what it never said");
  silent.check_failed(silent.say("dcc-reg", some));
}

TEST_CASE("What a retired key said may stand in an entry that could not be read") {
  Programme programme;
  LogBuilder& builder = programme.builder;
  const std::uint64_t last = builder.append(builder.author("harness"), {events::Heartbeat{}});
  programme.say("dcc-reg", programme.retirement("harness"));
  builder.log().entries[last] = "not an entry";
  const Report report = verified(builder.log());
  CHECK(all_objections(report).find("retires key") == std::string::npos);
  CHECK(report[Claim::author_streams].verdict == Verdict::not_checked);
}

}  // namespace verify_retired_test
