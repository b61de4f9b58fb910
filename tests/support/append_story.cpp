#include "tests/support/append_story.hpp"

#include <algorithm>

#include "tests/support/check_ledger.hpp"

namespace assay::testing {
namespace {

/// Small enough that a few entries make RocksDB flush, and with it everything that a flush touches.
constexpr store::Tuning kTight{.write_buffer_bytes = 64U << 10U,
                               .wal_limit_bytes = 96U << 10U,
                               .block_cache_bytes = 1U << 20U};
constexpr std::size_t kEventBytes = 20'000;

store::ByteSource bytes_of(std::string text, std::size_t times) {
  return [text = std::move(text), times](std::span<char> buffer) mutable -> Result<std::size_t> {
    if (times == 0 || buffer.size() < text.size()) return std::size_t{0};
    --times;
    std::copy(text.begin(), text.end(), buffer.begin());
    return text.size();
  };
}

}  // namespace

AppendStory::AppendStory() {
  place.backing.env = env.env.get();
  place.backing.tuning = kTight;
  place.backing.reserve_bytes = 0;
  place.directory = "/ledger";
  place.create();
  ASSAY_ASSERT(open());
  ledger_->begin({&alice_, &bob_});
  log_ = ledger_->log();
  append_one();
  append_group(3);
  ASSAY_ASSERT(acknowledged() == attempts_.size());
  ledger_.reset();
}

bool AppendStory::open() {
  auto opened = TestLedger::open(place);
  if (!opened) return false;
  ledger_ = *std::move(opened);
  return true;
}

store::SignedSubmission AppendStory::next() {
  const std::string run = "R" + std::to_string(attempts_.size());
  TestAuthor& by = attempts_.size() % 3 == 2 ? bob_ : alice_;
  return by.sign({run_of_size(run, kEventBytes), heartbeat()}, log_);
}

void AppendStory::note(Attempt& attempt, const Result<store::Receipt>& answer) {
  if (answer) {
    attempt.receipt = *answer;
  } else if (answer.error().code == Errc::outcome_unknown) {
    // The writer says of each whether it reached the disk; only those that did are in doubt.
    attempt.is_in_doubt =
        answer.error().message.find("may or may not have been stored") != std::string::npos;
  } else if (answer.error().code == Errc::conflict) {
    // Rightly, if one that stands before it in its author's stream was not stored.
    const bool follows_another = std::ranges::any_of(
        attempts_, [&](const Attempt& a) { return &a < &attempt && !a.receipt; });
    if (!follows_another && !unexpected_) unexpected_ = answer.error();
  } else if (answer.error().code != Errc::io && answer.error().code != Errc::no_space &&
             !unexpected_) {
    unexpected_ = answer.error();
  }
}

void AppendStory::append_one() {
  attempts_.push_back({next(), {}, false});
  note(attempts_.back(), ledger_->writer->append(attempts_.back().submission));
}

void AppendStory::append_group(std::size_t count) {
  std::vector<store::Ticket> tickets;
  const std::size_t first = attempts_.size();
  for (std::size_t i = 0; i < count; ++i) {
    attempts_.push_back({next(), {}, false});
    tickets.push_back(ledger_->writer->enqueue(attempts_.back().submission));
  }
  const auto answers = ledger_->writer->finish_all(std::move(tickets));
  for (std::size_t i = 0; i < count; ++i) note(attempts_[first + i], answers[i]);
}

void AppendStory::live() {
  if (!open()) return;
  append_one();
  append_group(3);
  // What fails here is no part of the log; it must only not harm it.
  static_cast<void>(ledger_->store.put_evidence(bytes_of("small evidence", 10)));
  static_cast<void>(ledger_->store.save_snapshot("phases", {ledger_->store.head(), "state"}));
  append_group(4);
  append_one();
  ledger_.reset();
  if (!open()) return;
  append_one();
  append_group(2);
  ledger_.reset();
}

std::size_t AppendStory::acknowledged() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(attempts_, [](const Attempt& a) { return a.receipt.has_value(); }));
}

std::size_t AppendStory::in_doubt() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(attempts_, [](const Attempt& a) { return a.is_in_doubt; }));
}

void AppendStory::compare(std::vector<std::string>& problems) const {
  const CheckedLedger checked =
      check_ledger(env.env.get(), place.directory, place.log_key.key().signer());
  problems.insert(problems.end(), checked.problems.begin(), checked.problems.end());
  constexpr std::size_t kBegun = 3;  // genesis and two keys
  if (checked.entries.size() < kBegun + acknowledged()) {
    problems.emplace_back("acknowledged entries are missing");
  }
  if (checked.entries.size() > kBegun + acknowledged() + in_doubt()) {
    problems.emplace_back("entries are there that were refused");
  }
  for (const Attempt& attempt : attempts_) {
    if (!attempt.receipt) continue;
    const std::uint64_t index = attempt.receipt->index;
    if (index >= checked.entries.size() || checked.entries[index].leaf != attempt.receipt->leaf) {
      problems.push_back("entry " + std::to_string(index) + " is not the one acknowledged");
    }
  }
}

std::vector<std::string> AppendStory::recover() {
  std::vector<std::string> problems;
  ledger_.reset();
  if (unexpected_) problems.push_back("an unexpected error: " + unexpected_->message);
  auto opened = TestLedger::open(place);
  if (!opened) {
    problems.push_back("the ordinary start fails: " + opened.error().message);
    return problems;
  }
  ledger_ = *std::move(opened);
  const std::uint64_t size = ledger_->store.size();
  if (const auto latest = ledger_->store.latest_checkpoint(); !latest || latest->size != size) {
    problems.emplace_back("the start did not release what was stored");
  }
  stop();
  compare(problems);
  if (!problems.empty() || !open()) return problems;
  for (Attempt& attempt : attempts_) {
    if (attempt.receipt) continue;
    const bool was_in_doubt = attempt.is_in_doubt;
    const auto answer = ledger_->writer->append(attempt.submission);
    if (!answer) {
      problems.push_back("handing in again fails: " + answer.error().message);
      continue;
    }
    if (answer->duplicate && !was_in_doubt) problems.emplace_back("a refused one was recorded");
    attempt.receipt = *answer;
    attempt.is_in_doubt = false;
  }
  stop();
  compare(problems);
  return problems;
}

}  // namespace assay::testing
