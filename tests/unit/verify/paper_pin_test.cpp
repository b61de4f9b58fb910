#include "ledger/verify/paper_pin.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/words.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace paper_pin_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

/// A programme whose head was written down, and went on.
struct OnPaper {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);
  MemoryLog before = builder.log();
  PaperPin pin;
  std::string words;

  OnPaper() {
    const Report first = verified(before);
    pin = {first.origin, first.sealed->head, *first.log_id};
    words = parse_words(words_of(head_digest(pin.origin, pin.head).value())).value();
    record_results(builder, 300, 10);
    builder.append(builder.author("tag-sec"), {events::Heartbeat{}}, {.see = true});
    builder.checkpoint();
  }
  [[nodiscard]] Report against(const MemoryLog& log) const {
    const Pin read = pin_from(parse_paper_pin(format_paper_pin(pin).value()).value());
    return verified(log, {.pin = &read});
  }
  [[nodiscard]] MemoryLog remade() {
    std::vector<Pieces> pieces = take_apart(builder.log());
    pieces[5].recorded_at.us += 1;
    return resealed(builder.log(), pieces, builder);
  }
};

}  // namespace

TEST_CASE("A pin on paper is one line, and reads back whatever was broken in between") {
  const OnPaper paper;
  const std::string text = format_paper_pin(paper.pin).value();
  CHECK(text.starts_with("assay-pin/1 " + paper.pin.origin + " "));
  CHECK(text.find('\n') == std::string::npos);
  std::string broken = "\n " + text + "\n";
  for (char& c : broken) {
    if (c == ' ') c = '\n';
  }
  for (const std::string& form : {text, broken}) {
    const PaperPin read = parse_paper_pin(form).value();
    CHECK(read.origin == paper.pin.origin);
    CHECK(read.head == paper.pin.head);
    CHECK(read.log_id == paper.pin.log_id);
  }
  const Pin any = parse_any_pin(text).value();
  CHECK(any.note.empty());
  CHECK(any.checkpoint.head() == paper.pin.head);
}

TEST_CASE("What is no pin on paper is refused") {
  const OnPaper paper;
  const std::string text = format_paper_pin(paper.pin).value();
  CHECK(parse_paper_pin("").error().code == Errc::malformed);
  CHECK(parse_paper_pin("hello").error().code == Errc::malformed);
  CHECK(parse_paper_pin(text + " more").error().code == Errc::malformed);
  CHECK(parse_paper_pin(text.substr(0, text.size() - 1)).error().code == Errc::malformed);
  CHECK(parse_paper_pin("assay-pin/2" + text.substr(11)).error().code == Errc::unsupported);
  CHECK(parse_paper_pin(text + std::string(2'000, ' ')).error().code == Errc::limit);
  CHECK(parse_any_pin("{}\n").error().code != Errc::unsupported);
  CHECK_FALSE(format_paper_pin({"with space", paper.pin.head, paper.pin.log_id}));
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string altered = text;
    altered[at] = altered[at] == 'x' ? 'y' : 'x';
    const auto read = parse_paper_pin(altered);
    if (!read) continue;
    const bool same = read->origin == paper.pin.origin && read->head == paper.pin.head &&
                      read->log_id == paper.pin.log_id;
    CHECK_FALSE(same);
  }
}

TEST_CASE("A pin from paper proves what a pin's file proves, without a signature") {
  OnPaper paper;
  const Report report = paper.against(paper.builder.log());
  CHECK(report[Claim::pin].verdict == Verdict::proved);
  CHECK(report[Claim::identity].verdict == Verdict::proved);
  CHECK(report.pinned_size == paper.pin.head.size);
  const Report remade = paper.against(paper.remade());
  CHECK(remade[Claim::pin].verdict == Verdict::failed);
  CHECK_FALSE(remade.pinned_size);
  MemoryLog cut = paper.before;
  cut.entries.pop_back();
  cut.notes.pop_back();
  CHECK(paper.against(cut)[Claim::pin].verdict == Verdict::failed);
  paper.pin.origin = "other.example/log";
  const Report other = paper.against(paper.builder.log());
  REQUIRE(other[Claim::pin].verdict == Verdict::failed);
  CHECK(other[Claim::pin].first->expected == "other.example/log");
}

TEST_CASE("The words of a head are found at its size, and leave the pin assumed") {
  OnPaper paper;
  const Report report = verified(paper.builder.log(), {.pin_words = paper.words});
  CHECK(report[Claim::pin].verdict == Verdict::assumed);
  CHECK(report.pinned_size == paper.pin.head.size);
  CHECK_THAT(report[Claim::pin].sentence, Catch::Contains("96 bits"));
  // They say nothing of which log it is.
  CHECK(report[Claim::identity].verdict == Verdict::assumed);
  CHECK(exit_code(report) == 0);
  const Claim required[] = {Claim::pin};
  CHECK(exit_code(report, required) == 16);
}

TEST_CASE("Words that no head has are a fork, or were written down wrongly") {
  OnPaper paper;
  const Report remade = verified(paper.remade(), {.pin_words = paper.words});
  CHECK(remade[Claim::pin].verdict == Verdict::failed);
  std::string other = paper.words;
  other[11] = static_cast<char>(other[11] ^ 1);
  const Report mistaken = verified(paper.builder.log(), {.pin_words = other});
  CHECK(failed_claims(mistaken) == std::set{Claim::pin});
  CHECK(exit_code(mistaken) == 13);
  // Where not every head could be computed, nobody knows.
  MemoryLog holed = paper.builder.log();
  holed.entries[3].clear();
  const Report unread = verified(holed, {.pin_words = other});
  CHECK(unread[Claim::pin].verdict != Verdict::proved);
}

TEST_CASE("The words bind the size as well as the root") {
  const OnPaper paper;
  merkle::TreeHead other = paper.pin.head;
  ++other.size;
  const Hash words = head_digest(paper.pin.origin, paper.pin.head).value();
  CHECK(head_digest(paper.pin.origin, other).value() != words);
  CHECK(head_digest("other.example/log", paper.pin.head).value() != words);
  // They are those of the checkpoint's text, which `sha256sum` can take.
  const std::string note = paper.before.notes.back();
  CHECK(words == sha256(std::string_view(note).substr(0, note.find("\n\n") + 1)));
}

}  // namespace paper_pin_test
