// crash_writer LEDGER KEYS [STEP COUNT]: appends from four threads until it is killed, and says on
// standard output what was acknowledged: "<index> <leaf> <submission id>" a line. With a STEP
// (before_sign, before_save, after_save) it ends itself, without a farewell, the COUNT-th time the
// append path gets there.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <unistd.h>

#include "tests/support/durable_log_key.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr int kThreads = 4;

std::function<void()> end_at(int count) {
  return [left = count]() mutable {
    if (--left == 0) ::_exit(9);
  };
}

/// One line, with one write(2), so that a kill never leaves half of one.
void say(const store::Receipt& receipt, std::string_view id) {
  const std::string line =
      std::to_string(receipt.index) + " " + receipt.leaf.hex() + " " + std::string(id) + "\n";
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) ::_exit(3);
}

std::string id_of(const store::SignedSubmission& submission) {
  SubmissionView view;
  ASSAY_ASSERT(parse_submission(submission.bytes, view).has_value());
  return std::string(view.id);
}

}  // namespace

int main(int count, char** arguments) {
  ASSAY_ASSERT(count == 3 || count == 5);
  TestPlace place;
  // Every life goes on where the clock of the one before it stood.
  place.clock.us = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  place.directory = arguments[1];
  DurableLogKey key(arguments[2]);
  auto opened = TestLedger::open(place, key);
  if (!opened) {
    std::fprintf(stderr, "%s\n", opened.error().message.c_str());
    return 2;
  }
  TestLedger& ledger = **opened;
  std::vector<std::unique_ptr<TestAuthor>> authors;
  for (int i = 0; i < kThreads; ++i) {
    // New keys in every life: streams are told apart, and registering is part of what is killed.
    const std::string name = std::to_string(ledger.store.size()) + "/" + std::to_string(i);
    authors.push_back(std::make_unique<TestAuthor>(name));
  }
  if (ledger.store.size() == 0) ASSAY_ASSERT(ledger.writer->append(place.genesis()).has_value());
  const auto streams = ledger.store.author_streams();
  ASSAY_ASSERT(streams.has_value());
  TestAuthor root("root");
  root.rewind(streams->head(root.key()).count, streams->head(root.key()).last);
  for (const auto& author : authors) {
    ASSAY_ASSERT(ledger.writer->append(register_key(root, *author, ledger.log())).has_value());
  }
  if (count == 5) {
    auto& hook = std::strcmp(arguments[3], "before_sign") == 0   ? key.before_sign
                 : std::strcmp(arguments[3], "before_save") == 0 ? key.before_save
                                                                 : key.after_save;
    hook = end_at(std::atoi(arguments[4]));
  }
  std::vector<std::thread> threads;
  for (const auto& author : authors) {
    threads.emplace_back([&ledger, &author] {
      for (std::uint64_t i = 0;; ++i) {
        const auto submission = author->sign(
            {run_of_size("R" + std::to_string(i), 200 + i * 37 % 5'000)}, ledger.log());
        const auto receipt = ledger.writer->append(submission);
        if (!receipt) ::_exit(4);
        say(*receipt, id_of(submission));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return 0;
}
