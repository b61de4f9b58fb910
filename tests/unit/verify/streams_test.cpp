#include "ledger/verify/streams.hpp"

#include <catch2/catch.hpp>

#include "ledger/format/binary_archive.hpp"

namespace streams_test {

using namespace assay;
using namespace assay::verify;

namespace {

SubmissionView submission(const Hash& key, std::uint64_t sequence, const Hash& previous) {
  SubmissionView view;
  view.key = key;
  view.sequence = sequence;
  view.previous = previous;
  return view;
}

const Hash kKey = sha256("key");
const Hash kFirst = sha256("first submission");
const Hash kSecond = sha256("second submission");

AuthorStreams after_two() {
  AuthorStreams streams;
  streams.advance(submission(kKey, 0, Hash{}), kFirst);
  streams.advance(submission(kKey, 1, kFirst), kSecond);
  return streams;
}

}  // namespace

TEST_CASE("A key's first submission has sequence 0 and follows nothing") {
  const AuthorStreams streams;
  CHECK(streams.check(submission(kKey, 0, Hash{}), 5));
  CHECK(streams.check(submission(kKey, 1, Hash{}), 5).error().code == Errc::conflict);
  CHECK(streams.check(submission(kKey, 0, kFirst), 5).error().code == Errc::forked);
}

TEST_CASE("The next submission has the next sequence and names the one before") {
  const AuthorStreams streams = after_two();
  CHECK(streams.check(submission(kKey, 2, kSecond), 5));
  CHECK(streams.check(submission(kKey, 2, kFirst), 5).error().code == Errc::forked);
  CHECK(streams.check(submission(kKey, 1, kFirst), 5).error().code == Errc::forked);
  CHECK(streams.check(submission(kKey, 3, kSecond), 5).error().code == Errc::conflict);
  CHECK(streams.head(kKey) == StreamHead{2, kSecond, 0});
  CHECK(streams.check(submission(sha256("other"), 0, Hash{}), 5));
}

TEST_CASE("What an author has seen lies in the log and never goes back") {
  AuthorStreams streams;
  SubmissionView first = submission(kKey, 0, Hash{});
  first.seen = Seen{sha256("root"), 4};
  CHECK(streams.check(first, 4));
  CHECK(streams.check(first, 3).error().code == Errc::rejected);
  streams.advance(first, kFirst);
  SubmissionView next = submission(kKey, 1, kFirst);
  CHECK(streams.check(next, 9));
  next.seen = Seen{sha256("root"), 3};
  CHECK(streams.check(next, 9).error().code == Errc::rejected);
  next.seen->size = 4;
  CHECK(streams.check(next, 9));
}

TEST_CASE("Streams come back from their stored form") {
  const AuthorStreams streams = after_two();
  CHECK(from_binary<AuthorStreams>(to_binary(streams)).value() == streams);
}

}  // namespace streams_test
