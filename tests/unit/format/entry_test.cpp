#include "ledger/format/entry.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"

namespace entry_test {

using namespace assay;

namespace {

const Timestamp kTime = Timestamp::parse("2019-11-12T10:06:02.123456Z").value();

std::string submission() {
  SubmissionDraft draft;
  draft.key = sha256("key");
  draft.events = {format_event("heartbeat", 1, "log/heartbeat", kTime, "{}")};
  draft.log = "example.com/log";
  draft.id = "00000000-0000-4000-8000-000000000001";
  return format_submission(draft).value();
}

std::string entry() {
  return format_entry(41, sha256("before"), kTime,
                      {{sha256("key"), "signature one"}, {sha256("another"), "signature two"}},
                      submission())
      .value();
}

std::string refusal(std::string_view from, std::string_view to) {
  std::string text = entry();
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  EntryView view;
  const Status status = parse_entry(text, view);
  return status ? std::string() : status.error().message;
}

}  // namespace

TEST_CASE("An entry is written as the format says") {
  const std::string text = entry();
  const std::string expected_start =
      R"({"index":41,"previous":")" + sha256("before").hex() +
      R"(","recorded_at":"2019-11-12T10:06:02.123456Z","signatures":[{"key":")";
  CHECK(text.starts_with(expected_start));
  CHECK(text.ends_with(",\"submission\":" + submission() + "}"));
}

TEST_CASE("An entry is read back into views, signatures sorted by key") {
  const std::string text = entry();
  EntryView view;
  REQUIRE(parse_entry(text, view));
  CHECK(view.bytes == text);
  CHECK(view.index == 41);
  CHECK(view.previous == sha256("before"));
  CHECK(view.recorded_at == kTime);
  REQUIRE(view.signatures.size() == 2);
  CHECK(view.signatures[0].key < view.signatures[1].key);
  CHECK(view.submission.bytes == submission());
  CHECK(view.submission.key == sha256("key"));
}

TEST_CASE("Members of an entry that are missing, unknown or wrong are refused") {
  CHECK(refusal("\"index\":41,", "").starts_with("member \"index\" is missing"));
  CHECK(refusal("\"index\":41", "\"index\":-1").starts_with("a negative number"));
  CHECK(refusal("\"index\":41", "\"index\":41,\"kind\":1").starts_with("unknown member \"kind\""));
  CHECK(refusal("2019-11-12T10:06", "2019-11-12T25:06").starts_with("recorded_at must look like"));
  CHECK_FALSE(refusal("},{\"key\"", "}],[{\"key\"").empty());
  CHECK(refusal("\"signature\":\"", "\"signature\":\"!").starts_with("a signature must be base64"));
}

TEST_CASE("Signatures are 1 to 32, each key once, sorted") {
  EntryView view;
  const auto parse = [&](const std::vector<EntrySignature>& signatures) {
    const std::string text = format_entry(0, sha256("o"), kTime, signatures, submission()).value();
    const Status status = parse_entry(text, view);
    return status ? std::string() : status.error().message;
  };
  CHECK(parse({}).starts_with("an entry has at least one signature"));
  CHECK(parse({{sha256("a"), "x"}, {sha256("a"), "y"}}).starts_with("signatures are sorted"));
  CHECK(parse({{sha256("a"), ""}}).starts_with("a signature must be base64"));
  std::vector<EntrySignature> many;
  for (int i = 0; i < 32; ++i) many.push_back({sha256(std::to_string(i)), "s"});
  CHECK(parse(many).empty());
  many.push_back({sha256("one more"), "s"});
  CHECK(parse(many).starts_with("more than 32 signatures"));
  // Written by hand in the wrong order.
  std::string text =
      format_entry(0, sha256("o"), kTime, {{sha256("a"), "x"}, {sha256("b"), "y"}}, submission())
          .value();
  EntryView sorted;
  REQUIRE(parse_entry(text, sorted));
  const std::string first = sorted.signatures[0].key.hex();
  const std::string second = sorted.signatures[1].key.hex();
  text.replace(text.find(first), 64, second);
  text.replace(text.rfind(second), 64, first);
  CHECK(parse_entry(text, view).error().message.starts_with("signatures are sorted"));
}

TEST_CASE("An entry is at most 65,535 bytes") {
  EntryView view;
  CHECK(parse_entry(std::string(65'536, ' '), view).error().code == Errc::limit);
  CHECK(parse_entry(std::string(65'535, ' '), view).error().code == Errc::malformed);
  std::vector<EntrySignature> wide(1, {sha256("a"), std::string(65'535, 's')});
  CHECK(format_entry(0, sha256("o"), kTime, wide, submission()).error().code == Errc::limit);
}

TEST_CASE("Every entry cut short or run on is refused") {
  const std::string text = entry();
  EntryView view;
  for (std::size_t size = 0; size < text.size(); ++size) {
    REQUIRE_FALSE(parse_entry(std::string_view(text).substr(0, size), view));
  }
  CHECK_FALSE(parse_entry(text + "}", view));
  CHECK_FALSE(parse_entry(text + "\n", view));
}

TEST_CASE("A view that is used again holds nothing of the entry before") {
  const std::string first = entry();
  const std::string second =
      format_entry(42, sha256("x"), kTime, {{sha256("key"), "only"}}, submission()).value();
  EntryView view;
  REQUIRE(parse_entry(first, view));
  REQUIRE(parse_entry(second, view));
  CHECK(view.signatures.size() == 1);
  CHECK(view.signatures[0].signature == "only");
  CHECK(view.submission.events.size() == 1);
}

TEST_CASE("The origin's hash has no newline in it") {
  CHECK(origin_hash("example.com/log") == sha256("example.com/log"));
}

}  // namespace entry_test
