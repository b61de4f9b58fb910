// Many threads on one writer, and readers beside it. Run under the thread sanitizer as well:
// TSAN_OPTIONS=ignore_noninstrumented_modules=1.

#include <atomic>
#include <map>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/contract/ground.hpp"
#include "tests/support/check_ledger.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr std::size_t kThreads = 16;

/// Runs `work(thread number)` on every thread, and waits.
template <class Work>
void on_threads(std::size_t count, Work&& work) {
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  for (std::thread& thread : threads) thread.join();
}

void check_whole(Ground& ground, std::uint64_t size) {
  ground.close();
  const auto checked = check_ledger(ground.place.backing.env, ground.place.directory,
                                    ground.place.log_key.key().signer());
  CHECK(checked.problems == std::vector<std::string>{});
  CHECK(checked.entries.size() == size);
  CHECK(checked.last_checkpoint == size);
}

}  // namespace

TEST_CASE("sixteen threads with a key each append side by side", "[contract][threads]") {
  OnDisk ground;
  ground.begin();
  std::vector<std::unique_ptr<TestAuthor>> authors;
  for (std::size_t i = 0; i < kThreads; ++i) {
    authors.push_back(std::make_unique<TestAuthor>("thread " + std::to_string(i)));
    ground.append(register_key(ground.place.root, *authors.back(), ground.now().log()));
  }
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  constexpr int kEach = 20;
  std::atomic<int> failures = 0;
  std::vector<std::vector<store::Receipt>> receipts(kThreads);
  on_threads(kThreads, [&](std::size_t i) {
    for (int n = 0; n < kEach; ++n) {
      const auto receipt = writer.append(authors[i]->sign({run_of("R" + std::to_string(n))}, log));
      if (receipt) {
        receipts[i].push_back(*receipt);
      } else {
        ++failures;
      }
    }
  });
  CHECK(failures == 0);
  std::map<std::uint64_t, Hash> places;
  for (const auto& of_thread : receipts) {
    for (std::size_t n = 0; n < of_thread.size(); ++n) {
      const store::Receipt& receipt = of_thread[n];
      CHECK(places.emplace(receipt.index, receipt.leaf).second);
      CHECK(receipt.checkpoint_size > receipt.index);
      if (n > 0) CHECK(of_thread[n - 1].index < receipt.index);
    }
  }
  CHECK(places.size() == kThreads * kEach);
  CHECK(ground.place.log_key.saves() < places.size());  // they did share
  check_whole(ground, 3 + kThreads + kThreads * kEach);
}

TEST_CASE("one author keeps sixteen in flight, and the order holds", "[contract][threads]") {
  OnDisk ground;
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  constexpr std::size_t kAll = 200;
  std::mutex mutex;
  std::size_t next = 0;
  std::vector<std::uint64_t> places(kAll);
  on_threads(kThreads, [&](std::size_t) {
    for (;;) {
      std::optional<store::Ticket> ticket;
      std::size_t mine = 0;
      {
        const std::lock_guard guard(mutex);
        if (next == kAll) return;
        mine = next++;
        ticket.emplace(
            writer.enqueue(ground.alice.sign({run_of("R" + std::to_string(mine))}, log)));
      }
      const auto receipt = writer.finish(*std::move(ticket));
      places[mine] = receipt ? receipt->index : 0;
    }
  });
  for (std::size_t i = 0; i < kAll; ++i) CHECK(places[i] == 3 + i);
  check_whole(ground, 3 + kAll);
}

TEST_CASE("the same submission from many threads is recorded once", "[contract][threads]") {
  OnDisk ground;
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  for (int round = 0; round < 20; ++round) {
    const auto submission = ground.alice.sign({run_of("R" + std::to_string(round))}, log);
    std::vector<std::optional<store::Receipt>> receipts(kThreads);
    on_threads(kThreads, [&](std::size_t i) {
      if (auto receipt = writer.append(submission)) receipts[i] = *receipt;
    });
    int firsts = 0;
    for (const auto& receipt : receipts) {
      REQUIRE(receipt.has_value());
      CHECK(receipt->index == static_cast<std::uint64_t>(3 + round));
      CHECK(receipt->leaf == receipts[0]->leaf);
      CHECK(receipt->checkpoint_size > receipt->index);
      if (!receipt->duplicate) ++firsts;
    }
    CHECK(firsts == 1);
  }
  check_whole(ground, 23);
}

TEST_CASE("keys are registered while others' signatures are checked", "[contract][threads]") {
  OnDisk ground;
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  constexpr std::size_t kRounds = 12;
  std::atomic<int> failures = 0;
  on_threads(4, [&](std::size_t i) {
    TestAuthor* const authors[] = {&ground.alice, &ground.bob};
    for (std::size_t n = 0; n < kRounds; ++n) {
      if (i < 2) {
        if (!writer.append(authors[i]->sign({heartbeat()}, log))) ++failures;
      } else if (i == 2) {
        // A new author speaks right behind the registration of the key.
        TestAuthor fresh("fresh " + std::to_string(n));
        store::Ticket registration = writer.enqueue(register_key(ground.place.root, fresh, log));
        store::Ticket first = writer.enqueue(fresh.sign({heartbeat()}, log));
        std::thread other([&] {
          if (!writer.finish(std::move(first))) ++failures;
        });
        if (!writer.finish(std::move(registration))) ++failures;
        other.join();
      } else {
        // Refusals in between change nothing.
        if (writer.append({"{}", {}}).has_value()) ++failures;
      }
    }
  });
  CHECK(failures == 0);
  check_whole(ground, 3 + 2 * kRounds + 2 * kRounds);
}

TEST_CASE("readers and evidence beside a busy writer", "[contract][threads]") {
  OnDisk ground;
  // Small buffers, so that files come and go under the readers.
  ground.place.backing.tuning = {.write_buffer_bytes = 64U << 10U,
                                 .wal_limit_bytes = 128U << 10U,
                                 .block_cache_bytes = 1U << 20U};
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  store::Store& store = ground.now().store;
  const std::string log = ground.now().log();
  std::atomic<bool> done = false;
  std::atomic<int> failures = 0;
  std::atomic<int> looks = 0;
  std::uint64_t appended = 0;
  on_threads(4, [&](std::size_t i) {
    if (i == 0) {
      for (int n = 0; n < 150; ++n) {
        if (!writer.append(ground.alice.sign({run_of_size("R" + std::to_string(n), 8'000)}, log))) {
          ++failures;
        }
        ++appended;
      }
      done = true;
    } else if (i == 1) {
      for (int n = 0; !done; ++n) {
        std::string bytes = "evidence number " + std::to_string(n);
        const auto stored = store.put_evidence([&](std::span<char> buffer) -> Result<std::size_t> {
          const std::size_t count = bytes.size();
          std::copy(bytes.begin(), bytes.end(), buffer.begin());
          bytes.clear();
          return count;
        });
        if (!stored) ++failures;
      }
    } else {
      while (!done) {
        auto reader = store::open_reader_with(ground.place.backing, ground.place.directory);
        if (!reader) {
          ++failures;
          continue;
        }
        const std::uint64_t size = reader->size();
        merkle::CompactRange range;
        const Status scanned =
            reader->scan(0, size, [&](std::uint64_t, std::string_view bytes) -> Status {
              range.append(merkle::leaf_hash(bytes));
              return {};
            });
        if (!scanned || range.head() != reader->head()) ++failures;
        if (!reader->latest_checkpoint()) ++failures;
        ++looks;
      }
    }
  });
  CHECK(failures == 0);
  CHECK(looks > 0);
  check_whole(ground, 3 + appended);
}

TEST_CASE("the writer's own store may be read while it appends", "[contract][threads]") {
  OnDisk ground;
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  const store::Store& store = ground.now().store;
  const std::string log = ground.now().log();
  std::atomic<bool> done = false;
  std::atomic<int> failures = 0;
  on_threads(3, [&](std::size_t i) {
    if (i == 0) {
      for (int n = 0; n < 100; ++n) {
        if (!writer.append(ground.alice.sign({run_of("R" + std::to_string(n))}, log))) ++failures;
      }
      done = true;
      return;
    }
    merkle::TreeHead last;
    while (!done) {
      const merkle::TreeHead head = store.head();
      if (head.size < last.size) ++failures;
      last = head;
      const auto root = merkle::root_at(head.size, store.nodes());
      if (!root || *root != head.root) ++failures;
      if (!store.entry(head.size - 1)) ++failures;
    }
  });
  CHECK(failures == 0);
}
