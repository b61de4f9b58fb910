// Who might say what: every kind of authority, keys and their times, roles and their holders.

#include "tests/unit/projections/register_support.hpp"

namespace register_authority_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

events::ReleaseDeclared release(const char* id) {
  events::ReleaseDeclared event;
  event.release = id;
  event.title = "A release";
  return event;
}

events::KeyRevoked revoked(const std::string& name) {
  events::KeyRevoked event;
  event.key = key_of(name);
  event.reason = "the card was lost";
  return event;
}

/// Digest of the last submission that `name` made in `log`; zero where there is none.
Hash last_of(const FoldLog& log, const std::string& name) {
  Hash last;
  EntryView entry;
  for (const std::string& bytes : log.entries()) {
    REQUIRE(parse_entry(bytes, entry).has_value());
    if (entry.submission.key == key_of(name)) last = submission_digest(entry.submission.bytes);
  }
  return last;
}

events::KeyRetired retired(const FoldLog& log, const std::string& name, std::uint64_t submissions) {
  events::KeyRetired event;
  event.key = key_of(name);
  if (submissions > 0) {
    event.last_hash = last_of(log, name);
    event.last_sequence = submissions - 1;
  }
  event.reason = "the tool was replaced";
  return event;
}

Timestamp time(const char* text) { return Timestamp::parse(text).value(); }

}  // namespace

TEST_CASE("genesis is entry 0, once, by one of the root keys that it names") {
  Register reg;
  FoldLog log(reg);
  check_unauthorised(log.say("root-DCC", {release("MOC")}),
                     "entry 0 must begin with ledger_created");
  check_unauthorised(log.say("stranger", {log.genesis({"DCC", "SECAS"}, 2)}), "is not registered");
}

TEST_CASE("a second genesis event is refused, in entry 0 and after it") {
  Register reg;
  FoldLog log(reg);
  const auto twice = log.say("root-DCC", {log.genesis({"DCC"}, 1), log.genesis({"DCC"}, 1)});
  CHECK(text_of(twice).find("only entry 0 may say this") != std::string::npos);
  CHECK(log.size() == 0);
  check_admitted(log.begin({"DCC", "SECAS"}, 2));
  const auto later = log.say("root-DCC", {log.genesis({"DCC"}, 1)});
  CHECK(text_of(later).find("only entry 0 may say this") != std::string::npos);
  CHECK(text_of(later).find("log/genesis exists already") != std::string::npos);
  CHECK(reg.state().roots.size() == 2);
}

TEST_CASE("genesis that contradicts itself is refused") {
  Register reg;
  FoldLog log(reg);
  auto genesis = log.genesis({"DCC", "SECAS"}, 3);
  check_rejected(log.say("root-DCC", {genesis}), "root threshold lies between 1 and the number");
  genesis = log.genesis({"DCC", "SECAS"}, 2);
  std::swap(genesis.roots[0], genesis.roots[1]);
  check_rejected(log.say("root-DCC", {genesis}), "ascending order");
  genesis = log.genesis({"DCC", "SECAS"}, 2);
  genesis.roots[0].public_key = public_key_of("somebody else");
  check_rejected(log.say("root-DCC", {genesis}), "a key id is the SHA-256");
  genesis = log.genesis({"DCC", "SECAS"}, 2);
  genesis.next_log_key = genesis.log_key.key;
  check_rejected(log.say("root-DCC", {genesis}), "the next log key must be another");
}

TEST_CASE("thresholds count parties, not keys") {
  Register reg;
  FoldLog log(reg);
  auto genesis = log.genesis({"DCC", "SECAS"}, 2);
  genesis.roots.push_back({key_of("root-DCC-2"), "DCC", public_key_of("root-DCC-2")});
  std::sort(genesis.roots.begin(), genesis.roots.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  genesis.root_threshold = 3;
  check_rejected(log.say("root-DCC", {genesis}), "number of root parties");
  genesis.root_threshold = 2;
  check_admitted(log.say("root-DCC", {genesis}));
  check_admitted(log.say("root-DCC", {party_registered("DCC", events::PartyClass::dcc),
                                      key_registered("dcc-tm", "DCC")}));
  check_admitted(log.say("root-DCC", {role_granted("dcc-tm", "DCC", Role::dcc_tm)}));
  check_admitted(log.endorse("root-DCC-2", 2));
  CHECK(reg.roles_of(key_of("dcc-tm")).empty());
  check_admitted(log.endorse("root-SECAS", 2));
  CHECK(reg.roles_of(key_of("dcc-tm")).contains(Role::dcc_tm));
}

TEST_CASE("entry 0 may found the whole programme, and everything in it is in effect at once") {
  Register reg;
  FoldLog log(reg);
  check_admitted(
      log.say("root-DCC",
              {log.genesis({"DCC", "SECAS"}, 2), party_registered("DCC", events::PartyClass::dcc),
               key_registered("dcc-rm", "DCC"), role_granted("dcc-rm", "DCC", Role::dcc_rm)}));
  CHECK(reg.effective_at_once(3));
  check_admitted(log.say("dcc-rm", {release("MOC")}));
}

TEST_CASE("an event that takes a role is refused to keys without it") {
  Programme p;
  check_admitted(p.log.say("dcc-rm", {release("MOC")}));
  check_unauthorised(p.log.say("dcc-tm", {release("FOC")}), "this takes DCC-RM");
  check_unauthorised(p.log.say("root-DCC", {release("FOC")}), "this takes DCC-RM");
  check_unauthorised(p.log.say("stranger", {release("FOC")}), "is not registered in this log");
}

TEST_CASE("an objection tells what the author holds") {
  Programme p;
  check_admitted(p.log.say("root-DCC", {key_registered("nobody", "DCC")}));
  const auto refused = p.log.say("nobody", {release("FOC")});
  check_unauthorised(refused, "release_declared");
  CHECK(refused[0].error.hint == "DCC's key holds no role");
  CHECK(p.log.say("harness", {release("FOC")})[0].error.hint == "S1SP-A's key holds HARNESS");
}

TEST_CASE("parties and keys take a root key or DCC-REG") {
  Programme p;
  check_admitted(p.log.say("root-SECAS", {party_registered("WIT-A", events::PartyClass::witness)}));
  check_admitted(p.log.say("dcc-reg", {party_registered("WIT-B", events::PartyClass::witness)}));
  check_unauthorised(p.log.say("dcc-rm", {party_registered("WIT-C", events::PartyClass::witness)}),
                     "this takes a root key or DCC-REG");
  check_admitted(p.log.say("dcc-reg", {key_registered("wit-a", "WIT-A")}));
  check_unauthorised(p.log.say("dcc-rm", {key_registered("wit-b", "WIT-B")}), "a root key or");
}

TEST_CASE("roles, roots and the log's key take a root key") {
  Programme p;
  check_unauthorised(p.log.say("dcc-reg", {role_granted("dcc-tm", "DCC", Role::dcc_im)}),
                     "only a root key may say this");
  events::ClockReset reset;
  reset.reason = "the clock ran away";
  check_unauthorised(p.log.say("dcc-reg", {reset}), "only a root key may say this");
}

TEST_CASE("what every key may say takes a registered key, and nothing more") {
  Programme p;
  check_admitted(p.log.say("root-DCC", {key_registered("nobody", "DCC")}));
  check_admitted(p.log.say("nobody", {events::Heartbeat{}}));
  check_admitted(p.log.say("root-SECAS", {events::Heartbeat{}}));
  check_unauthorised(p.log.say("stranger", {events::Heartbeat{}}), "is not registered");
}

TEST_CASE("a key is good from its first moment to just before its last") {
  Programme p;
  const auto at = [](const char* text) {
    Terms terms;
    terms.recorded_at = time(text);
    return terms;
  };
  auto key = key_registered("temp", "DCC");
  key.valid_from = time("2020-01-01T00:00:00.000000Z");
  key.valid_to = time("2020-02-01T00:00:00.000000Z");
  check_admitted(p.log.say("root-DCC", {key}));
  const EventData beat = events::Heartbeat{};
  check_unauthorised(p.log.say("temp", {beat}, at("2019-12-31T23:59:59.999999Z")),
                     "is not valid before 2020-01-01");
  check_admitted(p.log.say("temp", {beat}, at("2020-01-01T00:00:00.000000Z")));
  check_admitted(p.log.say("temp", {beat}, at("2020-01-31T23:59:59.999999Z")));
  check_unauthorised(p.log.say("temp", {beat}, at("2020-02-01T00:00:00.000000Z")),
                     "expired on 2020-02-01");
}

TEST_CASE("a revoked key is refused from the next entry on") {
  Programme p;
  check_admitted(p.log.say("dcc-rm", {release("MOC")}));
  check_admitted(p.log.say("dcc-reg", {revoked("dcc-rm")}));
  check_unauthorised(p.log.say("dcc-rm", {release("FOC")}), "is revoked");
}

TEST_CASE("revoking twice keeps the earliest time from which a key is tainted") {
  Programme p;
  const auto since = [&](std::optional<Timestamp> time) {
    auto event = revoked("dcc-rm");
    event.compromised_since = time;
    check_admitted(p.log.say("dcc-reg", {event}));
    return p.reg.state().keys.at(key_of("dcc-rm")).compromised_since;
  };
  const Timestamp early = time("2019-10-01T00:00:00.000000Z");
  const Timestamp late = time("2019-11-01T00:00:00.000000Z");
  CHECK(since(std::nullopt) == std::nullopt);
  CHECK(since(late) == late);
  CHECK(since(early) == early);
  CHECK(since(late) == early);
  CHECK(since(std::nullopt) == early);
}

TEST_CASE("a retired key is refused, and retiring accounts for every submission it made") {
  Programme p;
  check_admitted(p.log.say("dcc-rm", {release("MOC")}));
  check_admitted(p.log.say("dcc-rm", {release("FOC")}));
  check_rejected(p.log.say("dcc-reg", {retired(p.log, "dcc-rm", 1)}),
                 "the key made 2 submissions here; its retirement accounts for 1");
  check_rejected(p.log.say("dcc-reg", {retired(p.log, "dcc-rm", 0)}), "accounts for 0");
  check_rejected(p.log.say("dcc-reg", {retired(p.log, "dcc-rm", 3)}), "accounts for 3");
  auto another = retired(p.log, "dcc-rm", 2);
  another.last_hash = sha256("a submission that was dropped");
  check_rejected(p.log.say("dcc-reg", {another}),
                 "the key's last submission here is " + last_of(p.log, "dcc-rm").hex() +
                     "; its retirement names " + another.last_hash.hex());
  check_admitted(p.log.say("dcc-reg", {retired(p.log, "dcc-rm", 2)}));
  check_unauthorised(p.log.say("dcc-rm", {release("LATE")}), "is retired");
  check_rejected(p.log.say("dcc-reg", {retired(p.log, "dcc-rm", 2)}), "is closed already");
  check_admitted(p.log.say("dcc-reg", {retired(p.log, "dcc-im", 0)}));
}

TEST_CASE("a retirement counts the key's own stream, gaps and all, and no root key retires") {
  Programme p;
  check_admitted(p.log.say("dcc-rm", {release("MOC")}));
  check_rejected(p.log.say("dcc-rm", {release("MOC")}, keeping_on()), "exists already");
  CHECK(p.reg.state().keys.at(key_of("dcc-rm")).submissions == 2);
  check_admitted(p.log.say("dcc-reg", {retired(p.log, "dcc-rm", 2)}));
  // A key that retires itself accounts for what it said before.
  check_admitted(p.log.say("dcc-reg", {retired(p.log, "dcc-reg", 1)}));
  check_rejected(p.log.say("root-DCC", {retired(p.log, "root-SECAS", 7)}), "there is no key/");
}

TEST_CASE("a retired key may turn out to be compromised, and a revoked one stays revoked") {
  Programme p;
  check_admitted(p.log.say("dcc-reg", {retired(p.log, "dcc-rm", 0)}));
  check_admitted(p.log.say("dcc-reg", {revoked("dcc-rm")}));
  CHECK(p.reg.state().keys.at(key_of("dcc-rm")).status == KeyStatus::revoked);
  check_admitted(p.log.say("dcc-reg", {revoked("dcc-im")}));
  check_admitted(p.log.say("dcc-reg", {retired(p.log, "dcc-im", 0)}));
  CHECK(p.reg.state().keys.at(key_of("dcc-im")).status == KeyStatus::revoked);
}

TEST_CASE("a role that is withdrawn is gone once the threshold is reached, not before") {
  Programme p;
  events::RoleWithdrawn withdrawn;
  withdrawn.holder = "dcc-rm";
  withdrawn.party = "DCC";
  withdrawn.reason = "moved on";
  withdrawn.role = Role::dcc_rm;
  check_admitted(p.log.say("root-DCC", {withdrawn}));
  check_admitted(p.log.say("dcc-rm", {release("MOC")}));
  check_admitted(p.log.endorse("root-SECAS", p.log.size() - 2));
  check_unauthorised(p.log.say("dcc-rm", {release("FOC")}), "this takes DCC-RM");
  CHECK(p.reg.state().roles.count({"dcc-rm", "DCC"}) == 0);
}

TEST_CASE("a new key of the same holder has the holder's roles, and nobody else's") {
  Programme p;
  auto spare = key_registered("spare", "DCC");
  spare.holder = "dcc-rm";
  check_admitted(p.log.say("dcc-reg", {spare}));
  check_admitted(p.log.say("spare", {release("MOC")}));
  auto elsewhere = key_registered("elsewhere", "SECAS");
  elsewhere.holder = "dcc-rm";
  check_admitted(p.log.say("dcc-reg", {elsewhere}));
  check_unauthorised(p.log.say("elsewhere", {release("FOC")}), "this takes DCC-RM");
}

TEST_CASE("nobody but a holder's own party registers a key that inherits the holder's roles") {
  Programme p;
  auto usurped = key_registered("usurped", "S1SP-A");
  usurped.holder = "sp-tl";
  check_unauthorised(p.log.say("dcc-reg", {usurped}), "only a key of that party may register");
  CHECK_FALSE(p.reg.state().keys.contains(key_of("usurped")));
}

TEST_CASE("one key has one purpose") {
  Programme p;
  check_rejected(p.log.say("dcc-reg", {key_registered("root-SECAS", "SECAS")}),
                 "one key has one purpose");
  check_rejected(p.log.say("dcc-reg", {key_registered("log-0", "DCC")}), "one key has one purpose");
  check_rejected(p.log.say("dcc-reg", {key_registered("log-1", "DCC")}), "one key has one purpose");

  events::RootsChanged change;
  change.reason = "a new organisation";
  change.roots = {{key_of("dcc-rm"), "DCC", public_key_of("dcc-rm")}};
  check_rejected(p.log.say("root-DCC", {change}, p.seeing()), "one key has one purpose");
  change.roots = {{key_of("log-1"), "DCC", public_key_of("log-1")}};
  check_rejected(p.log.say("root-DCC", {change}, p.seeing()), "one key has one purpose");

  events::LogKeyRotated rotation;
  rotation.log_key = {key_of("log-1"), public_key_of("log-1")};
  rotation.next_log_key = key_of("dcc-rm");
  rotation.reason = "planned";
  check_rejected(p.log.say("root-DCC", {rotation}, p.seeing()), "one key has one purpose");
  rotation.next_log_key = key_of("root-DCC");
  check_rejected(p.log.say("root-DCC", {rotation}, p.seeing()), "one key has one purpose");

  Register reg;
  FoldLog log(reg);
  auto genesis = log.genesis({"DCC"}, 1);
  genesis.log_key = {key_of("root-DCC"), public_key_of("root-DCC")};
  check_rejected(log.say("root-DCC", {genesis}), "one key has one purpose");
  genesis = log.genesis({"DCC"}, 1);
  genesis.next_log_key = key_of("root-DCC");
  check_rejected(log.say("root-DCC", {genesis}), "one key has one purpose");
}

TEST_CASE("a key keeps its purpose when it is replaced, revoked or retired") {
  Programme p;
  const auto in_effect = [&](EventData event) {
    const std::uint64_t at = p.log.size();
    check_admitted(p.log.say("root-DCC", {std::move(event)}, p.seeing()));
    check_admitted(p.log.endorse("root-SECAS", at));
  };
  events::LogKeyRotated rotation;
  rotation.log_key = {key_of("log-1"), public_key_of("log-1")};
  rotation.next_log_key = key_of("log-2");
  rotation.reason = "planned";
  in_effect(rotation);
  check_rejected(p.log.say("dcc-reg", {key_registered("log-0", "DCC")}), "a key of the log");

  events::RootsChanged change;
  change.reason = "one organisation left";
  change.roots = {{key_of("root-DCC"), "DCC", public_key_of("root-DCC")}};
  in_effect(change);
  check_rejected(p.log.say("dcc-reg", {key_registered("root-SECAS", "SECAS")}), "a root key");
  rotation.log_key = {key_of("log-2"), public_key_of("log-2")};
  rotation.next_log_key = key_of("root-SECAS");
  check_rejected(p.log.say("root-DCC", {rotation}, p.seeing()), "a root key");

  check_admitted(p.log.say("dcc-reg", {revoked("dcc-rm")}));
  change.roots = {{key_of("dcc-rm"), "DCC", public_key_of("dcc-rm")}};
  check_rejected(p.log.say("root-DCC", {change}, p.seeing()), "a registered key");
}

TEST_CASE("events of one submission may not give one key two purposes") {
  Programme p;
  events::RootsChanged change;
  change.reason = "as agreed";
  change.roots = {{key_of("new"), "DCC", public_key_of("new")}};
  check_rejected(p.log.say("root-DCC", {key_registered("new", "DCC"), change}, p.seeing()),
                 "one key has one purpose");
  check_rejected(p.log.say("root-DCC", {change, key_registered("new", "DCC")}, p.seeing()),
                 "one key has one purpose");
  // Refused, it left no purpose behind.
  check_admitted(p.log.say("dcc-reg", {key_registered("new", "DCC")}));
  events::LogKeyRotated rotation;
  rotation.log_key = {key_of("log-1"), public_key_of("log-1")};
  rotation.next_log_key = key_of("other");
  rotation.reason = "planned";
  check_rejected(p.log.say("root-DCC", {rotation, key_registered("other", "DCC")}, p.seeing()),
                 "one key has one purpose");
}

TEST_CASE("the register knows the party behind a key, root or registered") {
  Programme p;
  REQUIRE(p.reg.party_of(key_of("root-SECAS")) != nullptr);
  CHECK(*p.reg.party_of(key_of("root-SECAS")) == Identifier("SECAS"));
  CHECK(*p.reg.party_of(key_of("harness")) == Identifier("S1SP-A"));
  CHECK(p.reg.party_of(key_of("stranger")) == nullptr);
  CHECK(p.reg.roles_of(key_of("root-SECAS")).empty());
}

}  // namespace register_authority_test
