#include "ledger/format/submission.hpp"

#include <catch2/catch.hpp>

namespace submission_test {

using namespace assay;

namespace {

const std::string kKey(64, 'a');
const std::string kZero(64, '0');
const std::string kRoot(64, 'c');

const std::string kEvent =
    R"({"data":{"note":"all quiet"},"occurred_at":"2019-11-12T10:05:00.000000Z",)"
    R"("subject":"log/heartbeat","type":"heartbeat","version":1})";

const std::string kText = R"({"author":{"key":")" + kKey + R"(","previous":")" + kZero +
                          R"(","sequence":0},"events":[)" + kEvent +
                          R"(],"expect":[{"size":3,"subject":"phase/A"}],"log":"example.com/log",)"
                          R"("seen":{"root":")" +
                          kRoot +
                          R"(","size":4},"submission":"00000000-0000-4000-8000-00000000000f"})";

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(kText);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string refusal(std::string_view from, std::string_view to) {
  const std::string text = replaced(from, to);
  SubmissionView view;
  const Status status = parse_submission(text, view);
  return status ? std::string() : status.error().message;
}

SubmissionDraft draft() {
  SubmissionDraft draft;
  draft.key = Hash::from_hex(kKey).value();
  draft.events = {kEvent};
  draft.expect = {{"phase/A", 3}};
  draft.log = "example.com/log";
  draft.seen = Seen{Hash::from_hex(kRoot).value(), 4};
  draft.id = "00000000-0000-4000-8000-00000000000f";
  return draft;
}

}  // namespace

TEST_CASE("A submission is written as the format says, and read back into views") {
  CHECK(format_submission(draft()).value() == kText);
  SubmissionView view;
  REQUIRE(parse_submission(kText, view));
  CHECK(view.bytes == kText);
  CHECK(view.events_bytes == "[" + kEvent + "]");
  CHECK(view.key.hex() == kKey);
  CHECK(view.previous.is_zero());
  CHECK(view.sequence == 0);
  CHECK_FALSE(view.voids);
  REQUIRE(view.events.size() == 1);
  CHECK(view.events[0].bytes == kEvent);
  CHECK(view.events[0].data == R"({"note":"all quiet"})");
  CHECK(view.events[0].occurred_at == "2019-11-12T10:05:00.000000Z");
  CHECK(view.events[0].subject == "log/heartbeat");
  CHECK(view.events[0].type == "heartbeat");
  CHECK(view.events[0].version == 1);
  REQUIRE(view.expect.size() == 1);
  CHECK(view.expect[0].subject == "phase/A");
  CHECK(view.expect[0].size == 3);
  CHECK(view.log == "example.com/log");
  CHECK(view.seen == Seen{Hash::from_hex(kRoot).value(), 4});
  CHECK(view.id == "00000000-0000-4000-8000-00000000000f");
}

TEST_CASE("Optional members leave nothing behind in a view that is used again") {
  SubmissionDraft full = draft();
  full.voids = sha256("refused");
  const std::string first = format_submission(full).value();
  SubmissionDraft bare = draft();
  bare.expect.clear();
  bare.seen.reset();
  const std::string second = format_submission(bare).value();
  SubmissionView view;
  REQUIRE(parse_submission(first, view));
  CHECK(view.voids == sha256("refused"));
  view.digest = submission_digest(first);
  REQUIRE(parse_submission(second, view));
  CHECK_FALSE(view.digest);
  CHECK(submission_digest(view) == submission_digest(second));
  CHECK_FALSE(view.voids);
  CHECK_FALSE(view.seen);
  CHECK(view.expect.empty());
  CHECK(view.events.size() == 1);
}

TEST_CASE("Members that are missing or unknown are refused by name") {
  CHECK(refusal(R"("sequence":0)", R"("sequenc":0)").starts_with("unknown member \"sequenc\""));
  CHECK(refusal(R"(,"sequence":0)", "").starts_with("member \"sequence\" is missing"));
  CHECK(refusal(R"(,"version":1)", "").starts_with("member \"version\" is missing"));
  CHECK(refusal(R"("log":"example.com/log",)", "").starts_with("member \"log\" is missing"));
  CHECK(refusal(R"("log":)", R"("lag":1,"log":)").starts_with("unknown member \"lag\""));
  CHECK(refusal(R"("size":4)", R"("size":4,"time":5)").starts_with("unknown member \"time\""));
  CHECK(refusal("f\"}", R"(f","zone":1})").starts_with("unknown member \"zone\""));
}

TEST_CASE("Members of the wrong form are refused") {
  CHECK(refusal(R"("sequence":0)", R"("sequence":-1)").starts_with("a negative number"));
  CHECK(refusal(kKey, std::string(63, 'a')).starts_with("a hash must be 64"));
  CHECK_FALSE(refusal(kKey, std::string(64, 'A')).empty());
  CHECK_FALSE(refusal(kKey, std::string(64, 'g')).empty());
  CHECK(
      refusal(R"("data":{"note":"all quiet"})", R"("data":[])").starts_with("event data must be"));
  CHECK(refusal("2019-11-12T10:05:00.000000Z", "2019-11-12").starts_with("occurred_at must"));
  CHECK(refusal("2019-11-12T10:05:00.000000Z", "2019-11-31T10:05:00.000000Z")
            .starts_with("occurred_at must"));
  CHECK(refusal("log/heartbeat", "heartbeat").starts_with("a subject is"));
  CHECK(refusal("log/heartbeat", "Log/heartbeat").starts_with("a subject is"));
  CHECK(refusal("\"heartbeat\"", "\"Heartbeat\"").starts_with("an event type is"));
  CHECK(refusal(R"("version":1)", R"("version":0)").starts_with("event versions count from 1"));
  CHECK(refusal("[" + kEvent + "]", "[]").starts_with("a submission has at least one event"));
  CHECK(refusal(R"([{"size":3,"subject":"phase/A"}])", "[]").starts_with("an empty list"));
  CHECK(refusal("phase/A", "phase").starts_with("not a subject"));
  CHECK(refusal("example.com/log", "").starts_with("log is 1 to 255 bytes"));
  CHECK(refusal("00000000-0000-4000-8000-00000000000f", "00000000-0000-4000-8000-00000000000F")
            .starts_with("submission must be a lower-case UUID"));
  CHECK_FALSE(refusal("heartbeat\",\"version", "heart\\nbeat\",\"version").empty());
}

TEST_CASE("Expectations are sorted by subject, each subject once") {
  const std::string row = R"({"size":3,"subject":"phase/A"})";
  CHECK(refusal(row, row + "," + row).starts_with("expectations are sorted"));
  CHECK(refusal(row, R"({"size":3,"subject":"phase/B"},)" + row).starts_with("expectations are"));
  CHECK(refusal(row, row + R"(,{"size":0,"subject":"phase/B"})").empty());
  SubmissionDraft unsorted = draft();
  unsorted.expect = {{"phase/B", 1}, {"phase/A", 3}};
  SubmissionView view;
  const std::string text = format_submission(unsorted).value();
  CHECK(parse_submission(text, view));
}

TEST_CASE("A submission is at most 57,344 bytes") {
  const auto with_log_bytes = [](std::size_t size_bytes) {
    SubmissionDraft wide = draft();
    wide.events[0].replace(wide.events[0].find("all quiet"), 9, std::string(size_bytes, 'x'));
    return format_submission(wide);
  };
  const std::size_t room = 57'344 - (kText.size() - 9);
  const auto largest = with_log_bytes(room);
  REQUIRE(largest);
  SubmissionView view;
  CHECK(parse_submission(*largest, view));
  CHECK(with_log_bytes(room + 1).error().code == Errc::limit);
  std::string over = *largest;
  over.insert(over.find("xxx"), "x");
  CHECK(parse_submission(over, view).error().code == Errc::limit);
}

TEST_CASE("A submission holds at most 1,024 events") {
  SubmissionDraft many = draft();
  const std::string small =
      R"({"data":{},"occurred_at":"2019-11-12T10:05:00.000000Z","subject":"a/b","type":"t","version":1})";
  many.events.assign(1'025, small);
  CHECK(format_submission(many).error().code == Errc::limit);
  many.events.clear();
  CHECK(format_submission(many).error().code == Errc::limit);
}

TEST_CASE("Subjects and UUIDs are what the format says they are") {
  CHECK(is_subject("phase/MOC-MDS-SIT-01"));
  CHECK(is_subject("planned_entry/PEE.1"));
  CHECK_FALSE(is_subject(""));
  CHECK_FALSE(is_subject("/a"));
  CHECK_FALSE(is_subject("phase/"));
  CHECK_FALSE(is_subject("phase/a/b"));
  CHECK_FALSE(is_subject("1phase/a"));
  CHECK(is_subject(std::string(31, 'k') + "/" + std::string(128, 'i')));
  CHECK_FALSE(is_subject(std::string(32, 'k') + "/" + std::string(128, 'i')));
  CHECK(is_uuid("0123abcd-ef01-4234-8567-89abcdef0123"));
  CHECK_FALSE(is_uuid("0123abcd-ef01-4234-8567-89abcdef012"));
  CHECK_FALSE(is_uuid("0123abcd-ef01-4234-8567-89abcdef012g"));
  CHECK_FALSE(is_uuid("0123abcdxef01-4234-8567-89abcdef0123"));
}

TEST_CASE("Every submission cut short is refused") {
  SubmissionView view;
  for (std::size_t size = 0; size < kText.size(); ++size) {
    REQUIRE_FALSE(parse_submission(std::string_view(kText).substr(0, size), view));
  }
  CHECK_FALSE(parse_submission(kText + " ", view));
}

TEST_CASE("One event is read by itself") {
  CanonicalReader in(kEvent);
  EventView event;
  REQUIRE(read_event(in, event));
  CHECK(in.finish());
  CHECK(event.bytes == kEvent);
  CHECK(event.type == "heartbeat");
}

}  // namespace submission_test
