// Timestamps by an authority whose certificates expired in 2020; tests/data/timestamps/make.bash
// made them.

#include "keys/timestamp.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

namespace timestamp_test {

using namespace assay;
using namespace assay::keys;

namespace {

std::string stamped_file(const std::string& name) {
  std::ifstream in(std::string(ASSAY_SOURCE_DIR) + "/tests/data/timestamps/" + name,
                   std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  REQUIRE(!out.str().empty());
  return out.str();
}

TrustAnchors anchors_in(const std::string& name) {
  return TrustAnchors::parse(stamped_file(name)).value();
}

const Hash kHello = sha256("hello\n");

Result<VerifiedTimestamp> verified_stamp(const std::string& response,
                                         const TrustAnchors* anchors = nullptr,
                                         const Hash& imprint = kHello) {
  return verify_timestamp(response, {imprint, std::nullopt, anchors});
}

}  // namespace

TEST_CASE("A timestamp is good at its own time, long after the authority's certificate expired") {
  const TrustAnchors anchors = anchors_in("root.pem");
  const auto verified = verified_stamp(stamped_file("good.tsr"), &anchors);
  REQUIRE(verified);
  CHECK(verified->trusted);
  CHECK(verified->token.imprint == kHello);
  CHECK(verified->token.time.text().starts_with("2019-11-19T17:00:0"));
  CHECK(verified->token.accuracy_us == 1'500'000);
  CHECK(verified->token.latest().us == verified->token.time.us + 1'500'000);
  CHECK(verified->token.policy == "1.2.3.4.1");
  CHECK(verified->authority == "CN=Invented Time Authority,O=Invented Time");
  CHECK(verified->certificate_ends.text() == "2020-10-31T00:00:00.000000Z");
  const TrustAnchors rsa = anchors_in("rsa.pem");
  CHECK(verified_stamp(stamped_file("rsa.tsr"), &rsa)->trusted);
}

TEST_CASE("Without a trust anchor that leads to it a timestamp is somebody's, not believed") {
  const auto alone = verified_stamp(stamped_file("good.tsr"));
  REQUIRE(alone);
  CHECK_FALSE(alone->trusted);
  CHECK_THAT(alone->why_not, Catch::Contains("nobody was named"));
  // Its signature is held against its own certificate all the same.
  std::string altered = stamped_file("good.tsr");
  altered.back() = static_cast<char>(altered.back() ^ 1);
  CHECK(verified_stamp(altered).error().code == Errc::tampered_signature);
  const TrustAnchors other = anchors_in("other.pem");
  const auto by_other = verified_stamp(stamped_file("good.tsr"), &other);
  REQUIRE(by_other);
  CHECK_FALSE(by_other->trusted);
  CHECK_THAT(by_other->why_not, Catch::Contains("no certificate that you trust vouches for it"));
  // The authority's own certificate may be the anchor.
  const TrustAnchors itself = anchors_in("authority.pem");
  CHECK(verified_stamp(stamped_file("good.tsr"), &itself)->trusted);
}

TEST_CASE("The imprint and the nonce are compared") {
  const TrustAnchors anchors = anchors_in("root.pem");
  const auto other = verified_stamp(stamped_file("good.tsr"), &anchors, sha256("hallo\n"));
  REQUIRE_FALSE(other);
  CHECK(other.error().code == Errc::tampered_signature);
  CHECK_THAT(other.error().message, Catch::Contains(kHello.hex()));
  const TimestampRequest request = parse_timestamp_request(stamped_file("good.tsq")).value();
  CHECK(request.imprint == kHello);
  const std::string response = stamped_file("good.tsr");
  CHECK(verify_timestamp(response, {kHello, request.nonce, &anchors})->trusted);
  const auto replayed = verify_timestamp(response, {kHello, "\x01\x02", &anchors});
  REQUIRE_FALSE(replayed);
  CHECK_THAT(replayed.error().message, Catch::Contains("nonce"));
}

TEST_CASE("What could not have been signed so is wrong, whoever is trusted") {
  const auto refusal = [](const std::string& file, const std::string& anchor) {
    const TrustAnchors anchors = anchors_in(anchor);
    const std::string response = timestamp_response(stamped_file(file)).value();
    const auto verified = verified_stamp(response, &anchors);
    REQUIRE_FALSE(verified);
    return verified.error();
  };
  const Error late = refusal("late.tsr", "root.pem");
  CHECK(late.code == Errc::tampered_signature);
  CHECK_THAT(late.message, Catch::Contains("not at the timestamp's 2021-11-19T17:00"));
  const Error weak = refusal("weak.tsr", "weak.pem");
  CHECK(weak.code == Errc::tampered_signature);
  CHECK_THAT(weak.message, Catch::Contains("too weak"));
  const Error plain = refusal("plain.token", "plain.pem");
  CHECK(plain.code == Errc::tampered_signature);
  CHECK_THAT(plain.message, Catch::Contains("not one for timestamping"));
  const Error sha1 = refusal("sha1.tsr", "root.pem");
  CHECK(sha1.code == Errc::unsupported);
  CHECK_THAT(sha1.message, Catch::Contains("not SHA-256"));
  const Error refused = refusal("refused.tsr", "root.pem");
  CHECK(refused.code == Errc::rejected);
  CHECK_THAT(refused.message, Catch::Contains("gave no timestamp"));
}

TEST_CASE("A timestamp without its certificate needs the one that signed it") {
  const std::string response = stamped_file("nocert.tsr");
  CHECK(verified_stamp(response).error().code == Errc::incomplete);
  const TrustAnchors root = anchors_in("root.pem");
  CHECK(verified_stamp(response, &root).error().code == Errc::incomplete);
  const TrustAnchors both =
      TrustAnchors::parse(stamped_file("root.pem") + stamped_file("authority.pem")).value();
  CHECK(both.count() == 2);
  CHECK(verified_stamp(response, &both)->trusted);
}

TEST_CASE("A bare token becomes a response, and other signed things do not") {
  const TrustAnchors anchors = anchors_in("root.pem");
  const std::string response = timestamp_response(stamped_file("good.token")).value();
  CHECK(verified_stamp(response, &anchors)->trusted);
  CHECK(timestamp_response(stamped_file("good.tsr")) == stamped_file("good.tsr"));
  CHECK(timestamp_response(stamped_file("message.token")).error().code == Errc::malformed);
  CHECK(timestamp_response("").error().code == Errc::malformed);
  CHECK(timestamp_response(stamped_file("good.tsr") + "x").error().code == Errc::malformed);
  CHECK(timestamp_response(std::string(kTimestampSizeBytes + 1, '0')).error().code == Errc::limit);
}

TEST_CASE("No altered byte makes a trusted timestamp say something else") {
  const TrustAnchors anchors = anchors_in("root.pem");
  const std::string response = stamped_file("good.tsr");
  const VerifiedTimestamp good = verified_stamp(response, &anchors).value();
  std::size_t refused = 0;
  for (std::size_t at = 0; at < response.size(); ++at) {
    for (const unsigned flip : {0x01U, 0x80U}) {
      std::string altered = response;
      altered[at] = static_cast<char>(static_cast<unsigned char>(altered[at]) ^ flip);
      const auto verified = verified_stamp(altered, &anchors);
      if (!verified || !verified->trusted) {
        ++refused;
        continue;
      }
      // Copies of certificates beside the one that signed may be anything: nothing rests on them.
      INFO("byte " << at << " with " << flip);
      CHECK(verified->token.time == good.token.time);
      CHECK(verified->token.latest() == good.token.latest());
      CHECK(verified->certificate == good.certificate);
    }
  }
  CHECK(refused > response.size());
  for (std::size_t size = 0; size < response.size(); ++size) {
    REQUIRE_FALSE(verified_stamp(response.substr(0, size), &anchors));
  }
}

TEST_CASE("A request says what it is for, and is read back") {
  const std::string der = format_timestamp_request(kHello, "\xff\x01\x02").value();
  const TimestampRequest request = parse_timestamp_request(der).value();
  CHECK(request.imprint == kHello);
  CHECK(request.nonce == "\xff\x01\x02");
  CHECK(parse_timestamp_request(format_timestamp_request(kHello, "").value())->nonce.empty());
  CHECK(format_timestamp_request(kHello, std::string(33, 'x')).error().code ==
        Errc::invalid_argument);
  CHECK(parse_timestamp_request(der + "x").error().code == Errc::malformed);
  CHECK(parse_timestamp_request(der.substr(1)).error().code == Errc::malformed);
}

TEST_CASE("Trusted certificates are PEM or DER, and what cannot be read is not passed over") {
  CHECK(anchors_in("root.pem").count() == 1);
  CHECK(TrustAnchors::parse("").error().code == Errc::malformed);
  CHECK(TrustAnchors::parse("hello\n").error().code == Errc::malformed);
  std::string damaged = stamped_file("root.pem");
  damaged[100] = damaged[100] == 'A' ? 'B' : 'A';
  damaged.erase(200, 3);
  CHECK(TrustAnchors::parse(stamped_file("other.pem") + damaged).error().code == Errc::malformed);
  CHECK(TrustAnchors::parse(std::string(kTrustAnchorFileSizeBytes + 1, ' ')).error().code ==
        Errc::limit);
}

}  // namespace timestamp_test
