#include "ledger/format/tlog_policy.hpp"

#include <catch2/catch.hpp>

#include "tests/support/ed25519.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

std::string policy_vkey(char seed, const std::string& name, NoteKeyType type) {
  const auto signer = test_signer(seed);
  const auto key = Ed25519PublicKey::from_spki(signer->verifier().spki()).value();
  return format_vkey({name, type, key}).value();
}
std::string log_line(char seed) {
  return "log " + policy_vkey(seed, "example.com/log", NoteKeyType::ed25519) + "\n";
}
std::string witness_line(char name) {
  return std::string("witness ") + name + " " +
         policy_vkey(name, std::string("example.com/") + name, NoteKeyType::cosignature_v1) + "\n";
}
/// Six witnesses, a to f.
std::string six() {
  std::string text;
  for (const char name : std::string("abcdef")) text += witness_line(name);
  return text;
}
std::string refused_policy(const std::string& text) {
  const auto policy = parse_policy(text);
  REQUIRE_FALSE(policy);
  CHECK((policy.error().code == Errc::malformed || policy.error().code == Errc::limit));
  return policy.error().message;
}

}  // namespace

TEST_CASE("a policy is logs, witnesses, groups and one quorum", "[c2sp]") {
  const std::string text = "# who watches\n\n" + log_line('l') + "\twitness  a\t" +
                           witness_line('a').substr(10, witness_line('a').size() - 11) +
                           " https://a.example/x \n" + witness_line('b') +
                           "group g 1 a b\n  # the end\nquorum g";
  const auto policy = parse_policy(text);
  REQUIRE(policy);
  CHECK(policy->logs.size() == 1);
  CHECK(policy->logs[0].url.empty());
  REQUIRE(policy->witnesses.size() == 2);
  CHECK(policy->witnesses[0].url == "https://a.example/x");
  CHECK(policy->witnesses[0].key.key->name == "example.com/a");
  CHECK(policy->quorum == "g");
  CHECK(parse_policy(format_policy(*policy)).value() == *policy);
}

TEST_CASE("groups count their members, and groups of groups theirs", "[c2sp]") {
  const auto policy = parse_policy(six() +
                                   "group x all a b\ngroup y any c d\ngroup z 2 x y e\n"
                                   "quorum z\n")
                          .value();
  CHECK_FALSE(is_met(policy, {}));
  CHECK_FALSE(is_met(policy, {"a", "b"}));
  CHECK_FALSE(is_met(policy, {"a", "c"}));
  CHECK_FALSE(is_met(policy, {"c", "d"}));
  CHECK_FALSE(is_met(policy, {"a", "d", "f"}));
  CHECK(is_met(policy, {"a", "b", "c"}));
  CHECK(is_met(policy, {"d", "e"}));
  CHECK(is_met(policy, {"a", "b", "e"}));
  CHECK(describe_quorum(policy) == "2 of 3 (2 of 2 (a, b), 1 of 2 (c, d), e)");
  // f may cosign, but nobody counts it.
  CHECK(counted_witnesses(policy) == std::vector<std::string>{"a", "b", "c", "d", "e"});
}

TEST_CASE("every threshold of a group is exact", "[c2sp]") {
  for (std::size_t needed = 1; needed <= 6; ++needed) {
    const auto policy =
        parse_policy(six() + "group g " + std::to_string(needed) + " a b c d e f\nquorum g\n")
            .value();
    for (unsigned subset = 0; subset < 64; ++subset) {
      std::set<std::string> cosigned;
      for (unsigned i = 0; i < 6; ++i) {
        if ((subset >> i & 1U) != 0) cosigned.insert(std::string(1, static_cast<char>('a' + i)));
      }
      REQUIRE(is_met(policy, cosigned) == (cosigned.size() >= needed));
    }
  }
}

TEST_CASE("a quorum of nobody is met by everything, and refused where witnesses are asked for",
          "[c2sp]") {
  const auto none = parse_policy("quorum none\n").value();
  CHECK(is_met(none, {}));
  CHECK(check_asks_for_witnesses(none).error().code == Errc::rejected);
  CHECK_THAT(check_asks_for_witnesses(none).error().message, Catch::Contains("names no witness"));
  const auto idle = parse_policy(six() + "quorum none\n").value();
  CHECK_THAT(check_asks_for_witnesses(idle).error().message, Catch::Contains("none"));
  CHECK(check_asks_for_witnesses(parse_policy(six() + "quorum a\n").value()));
  CHECK_THAT(refused_policy(""), Catch::Contains("no quorum line"));
  CHECK_THAT(refused_policy(six()), Catch::Contains("no quorum line"));
}

TEST_CASE("what is no policy is refused with its line", "[c2sp]") {
  const std::string two = witness_line('a') + witness_line('b');
  CHECK_THAT(refused_policy("quorum nobody\n"),
             Catch::Contains("line 1") && Catch::Contains("nobody"));
  CHECK_THAT(refused_policy(two + "group g 3 a b\nquorum g\n"), Catch::Contains("line 3"));
  for (const char* const needed : {"0", "3", "02", "most", "-1", "99999999999999999999"}) {
    CHECK_THAT(refused_policy(two + "group g " + needed + " a b\nquorum g\n"),
               Catch::Contains("line 3"));
  }
  CHECK_THAT(refused_policy(two + "group g any a a\nquorum g\n"),
             Catch::Contains("a member already"));
  CHECK_THAT(refused_policy(two + "group g any a\ngroup h any a b\nquorum h\n"),
             Catch::Contains("line 4") && Catch::Contains("a member already"));
  CHECK_THAT(refused_policy("group g any g\nquorum g\n"), Catch::Contains("not defined"));
  CHECK_THAT(refused_policy(two + "group a any b\nquorum a\n"), Catch::Contains("defined twice"));
  CHECK_THAT(refused_policy(two + "group none any b\nquorum a\n"), Catch::Contains("none"));
  CHECK_THAT(refused_policy(two + "group g any\nquorum a\n"), Catch::Contains("line 3"));
  CHECK_THAT(refused_policy(two + "quorum a\nquorum b\n"), Catch::Contains("second quorum"));
  CHECK_THAT(refused_policy(two + "quorum a b\n"), Catch::Contains("line 3"));
  CHECK_THAT(refused_policy("mirror x\n"), Catch::Contains("line 1"));
  CHECK_THAT(refused_policy("quorum none\r\n"), Catch::Contains("control character"));
  CHECK_THAT(refused_policy(std::string("quorum none\n\0", 13)), Catch::Contains("line 2"));
  CHECK_THAT(refused_policy("log example.com/log\nquorum none\n"), Catch::Contains("line 1"));
}

TEST_CASE("one public key is one party, whatever it is called", "[c2sp]") {
  const std::string twin =
      "witness b " + policy_vkey('a', "example.com/b", NoteKeyType::cosignature_v1) + "\n";
  CHECK_THAT(refused_policy(witness_line('a') + twin + "quorum a\n"), Catch::Contains("line 2"));
  CHECK_THAT(refused_policy(log_line('l') + log_line('l') + "quorum none\n"),
             Catch::Contains("line 2"));
  CHECK_THAT(refused_policy(log_line('a') + witness_line('a') + "quorum a\n"),
             Catch::Contains("line 2"));
  CHECK_THAT(refused_policy("log " + policy_vkey('l', "x", NoteKeyType::cosignature_v1) +
                            "\nquorum none\n"),
             Catch::Contains("not a log's"));
  CHECK_THAT(refused_policy("witness w " + policy_vkey('l', "x", NoteKeyType::ed25519) +
                            "\nquorum none\n"),
             Catch::Contains("not a witness's"));
}

TEST_CASE("a key of an unknown type never counts, and spoils nothing", "[c2sp]") {
  const std::string unknown = "example.com/new+01234567+BgECAwQ=";
  const auto policy = parse_policy("witness n " + unknown + "\n" + witness_line('a') +
                                   "group g any n a\nquorum g\n")
                          .value();
  CHECK_FALSE(policy.witnesses[0].key.key);
  CHECK(parse_policy(format_policy(policy)).value() == policy);
  CHECK_THAT(refused_policy("witness n " + unknown +
                            "\nwitness m example.com/m+01234568+BgECAwQ=\n"
                            "quorum none\n"),
             Catch::Contains("line 2"));
}

TEST_CASE("a policy has limits", "[c2sp]") {
  CHECK_THAT(refused_policy(std::string(kPolicySizeBytes + 1, '\n')), Catch::Contains("262144"));
  std::string groups = witness_line('a') + "group g0 any a\n";
  for (std::size_t i = 1; i <= kPolicyItems; ++i) {
    groups += "group g" + std::to_string(i) + " any g" + std::to_string(i - 1) + "\n";
  }
  CHECK_THAT(refused_policy(groups + "quorum a\n"), Catch::Contains("more than 256 groups"));
}

TEST_CASE("a policy is made of witnesses and a number", "[c2sp]") {
  const auto six_of = parse_policy(six() + "quorum none\n").value();
  const auto made = make_policy(six_of.witnesses, 2).value();
  CHECK(is_met(made, {"b", "e"}));
  CHECK_FALSE(is_met(made, {"b"}));
  CHECK(make_policy(six_of.witnesses, 7).error().code == Errc::invalid_argument);
  CHECK(make_policy(six_of.witnesses, 0).error().code == Errc::invalid_argument);
  auto twice = six_of.witnesses;
  twice.push_back(twice.front());
  CHECK(make_policy(twice, 2).error().code == Errc::malformed);
}
