#include "tests/bench/bench_append.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <mutex>
#include <thread>

#include <rocksdb/db.h>
#include <sqlite3.h>

#include "ledger/format/dsse.hpp"
#include "tests/bench/bench_ledger.hpp"

namespace assay::bench {
namespace {

using namespace assay::testing;
using Submissions = std::vector<store::SignedSubmission>;

constexpr std::size_t kEventsEach = 100;
constexpr std::size_t kEventBytes = 400;
constexpr std::size_t kInFlight = 16;
constexpr std::size_t kSqliteRows = 1'000;

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Of all threads of this program, RocksDB's included: what the machine's other work takes is not
/// counted.
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::string fresh(const std::string& folder) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

Submissions sign_many(TestAuthor& author, const std::string& log, std::uint64_t count,
                      std::size_t events_each) {
  static std::uint64_t runs = 0;
  Submissions signed_ones;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::vector<EventData> events;
    for (std::size_t j = 0; j < events_each; ++j) {
      events.push_back(run_of_size("run-" + std::to_string(runs++), kEventBytes));
    }
    signed_ones.push_back(author.sign(events, log));
  }
  return signed_ones;
}

/// Hands the submissions in from `threads` threads that each keep one in flight, in their order.
double append_in_order(store::Writer& writer, Submissions submissions, std::size_t threads) {
  std::mutex mutex;
  std::size_t next = 0;
  const auto work = [&] {
    for (;;) {
      std::optional<store::Ticket> ticket;
      {
        const std::lock_guard guard(mutex);
        if (next == submissions.size()) return;
        ticket.emplace(writer.enqueue(std::move(submissions[next++])));
      }
      ASSAY_ASSERT(writer.finish(*std::move(ticket)).has_value());
    }
  };
  return seconds_of([&] {
    std::vector<std::thread> running;
    for (std::size_t i = 0; i < threads; ++i) running.emplace_back(work);
    for (std::thread& thread : running) thread.join();
  });
}

/// Seconds for `count` values of `value_bytes`, `together` of them in each synced batch.
double write_rocksdb(const std::string& folder, const std::vector<std::string>& values,
                     std::size_t together) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  ASSAY_ASSERT(rocksdb::DB::Open(options, fresh(folder), &opened).ok());
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  return seconds_of([&] {
    rocksdb::WriteBatch batch;
    for (std::size_t i = 0; i < values.size(); ++i) {
      batch.Put(store::view(store::index_key(i)), values[i]);
      if (static_cast<std::size_t>(batch.Count()) < together && i + 1 < values.size()) continue;
      ASSAY_ASSERT(db->Write(synced, &batch).ok());
      batch.Clear();
    }
  });
}

/// Seconds for the events as rows of a table with a hash chain, 1,000 rows a transaction.
double write_sqlite(const std::string& folder, const std::vector<std::string>& events) {
  sqlite3* db = nullptr;
  ASSAY_ASSERT(sqlite3_open((fresh(folder) + "/chain.db").c_str(), &db) == SQLITE_OK);
  const auto run = [&](const char* sql) {
    ASSAY_ASSERT(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  };
  run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
      "CREATE TABLE event(id INTEGER PRIMARY KEY, bytes BLOB, hash BLOB)");
  sqlite3_stmt* insert = nullptr;
  ASSAY_ASSERT(sqlite3_prepare_v2(db, "INSERT INTO event VALUES(?,?,?)", -1, &insert, nullptr) ==
               SQLITE_OK);
  Hash hash;
  const double seconds = seconds_of([&] {
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (i % kSqliteRows == 0) run("BEGIN");
      hash = sha256({hash.view(), events[i]});
      sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(i));
      sqlite3_bind_blob(insert, 2, events[i].data(), static_cast<int>(events[i].size()), nullptr);
      sqlite3_bind_blob(insert, 3, hash.bytes.data(), Hash::kSizeBytes, nullptr);
      ASSAY_ASSERT(sqlite3_step(insert) == SQLITE_DONE);
      sqlite3_reset(insert);
      if ((i + 1) % kSqliteRows == 0 || i + 1 == events.size()) run("COMMIT");
    }
  });
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return seconds;
}

std::vector<std::string> events_in(const Submissions& submissions) {
  std::vector<std::string> events;
  SubmissionView view;
  for (const store::SignedSubmission& submission : submissions) {
    ASSAY_ASSERT(parse_submission(submission.bytes, view).has_value());
    for (const EventView& event : view.events) events.emplace_back(event.bytes);
  }
  return events;
}

/// Verifications a second of such submissions on one core.
double verify_rate(const TestAuthor& author, const Submissions& submissions) {
  std::vector<std::string> messages(submissions.size());
  for (std::size_t i = 0; i < messages.size(); ++i) {
    append_pae(messages[i], kSubmissionPayloadType, submissions[i].bytes);
  }
  const double seconds = seconds_of([&] {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      ASSAY_ASSERT(author.signer()
                       .verifier()
                       .verify(messages[i], submissions[i].signatures.front().signature)
                       .has_value());
    }
  });
  return static_cast<double>(messages.size()) / seconds;
}

}  // namespace

std::vector<Figure> bench_bulk_append(const AppendPlan& plan) {
  const auto events = static_cast<double>(plan.bulk_submissions * kEventsEach);
  std::vector<double> ours;
  std::vector<double> rocks;
  std::vector<double> lite;
  std::vector<double> against_rocks;
  std::vector<double> against_lite;
  {
    BenchLedger ledger(fresh(plan.folder), 1, plan.rules_ns);
    for (std::uint64_t round = 0; round < plan.rounds; ++round) {
      Submissions submissions =
          sign_many(ledger.author(0), ledger.log(), plan.bulk_submissions, kEventsEach);
      std::vector<std::string> values;
      for (const auto& submission : submissions) values.push_back(submission.bytes);
      const std::vector<std::string> single = events_in(submissions);
      const std::uint64_t before = ledger.groups();
      const double cpu_before = cpu_seconds();
      ours.push_back(events / append_in_order(ledger.writer(), std::move(submissions), kInFlight));
      const double cpu_us = 1e6 * (cpu_seconds() - cpu_before) / events;
      const std::uint64_t groups = ledger.groups() - before;
      const std::size_t together = (plan.bulk_submissions + groups / 2) / groups;
      rocks.push_back(events / write_rocksdb(plan.folder + "/rocksdb", values, together));
      lite.push_back(events / write_sqlite(plan.folder + "/sqlite", single));
      against_rocks.push_back(ours.back() / rocks.back());
      against_lite.push_back(ours.back() / lite.back());
      std::printf(
          "  round %llu: %.0f ours, %.0f RocksDB, %.0f SQLite events/s; %zu a sync; %.2f us of "
          "processor an event\n",
          static_cast<unsigned long long>(round), ours.back(), rocks.back(), lite.back(), together,
          cpu_us);
    }
  }
  std::filesystem::remove_all(plan.folder);
  return {{"durable append, 100 events a submission, 16 in flight, against RocksDB alone",
           median(ours), "events/s", median(rocks), median(against_rocks), 0.4, false},
          {"the same against an SQLite table with a hash chain", median(ours), "events/s",
           median(lite), median(against_lite), 1.0, false}};
}

std::vector<Figure> bench_single_append(const AppendPlan& plan) {
  constexpr std::size_t kThreads = 64;
  std::vector<double> ours;
  std::vector<double> verifies;
  std::vector<double> ratios;
  {
    BenchLedger ledger(fresh(plan.folder), kThreads, plan.rules_ns);
    const std::uint64_t each = plan.single_submissions / kThreads;
    for (std::uint64_t round = 0; round < plan.rounds; ++round) {
      std::vector<Submissions> work;
      for (std::size_t i = 0; i < kThreads; ++i) {
        work.push_back(sign_many(ledger.author(i), ledger.log(), each, 1));
      }
      Submissions sample;
      for (const Submissions& some : work)
        sample.insert(sample.end(), some.begin(), some.begin() + 10);
      verifies.push_back(verify_rate(ledger.author(0), {work[0].begin(), work[0].end()}));
      const std::uint64_t before = ledger.groups();
      const double cpu_before = cpu_seconds();
      const double seconds = seconds_of([&] {
        std::vector<std::thread> running;
        for (std::size_t i = 0; i < kThreads; ++i) {
          running.emplace_back([&ledger, &mine = work[i]] {
            for (auto& submission : mine) {
              ASSAY_ASSERT(ledger.writer().append(std::move(submission)).has_value());
            }
          });
        }
        for (std::thread& thread : running) thread.join();
      });
      ours.push_back(static_cast<double>(each * kThreads) / seconds);
      ratios.push_back(ours.back() / verifies.back());
      std::printf(
          "  round %llu: %.0f appends/s, %.0f verifications/s; %.1f a sync; "
          "%.0f us of processor an append\n",
          static_cast<unsigned long long>(round), ours.back(), verifies.back(),
          static_cast<double>(each * kThreads) / static_cast<double>(ledger.groups() - before),
          1e6 * (cpu_seconds() - cpu_before) / static_cast<double>(each * kThreads));
    }
  }
  std::filesystem::remove_all(plan.folder);
  return {{"durable append, one event a submission, 64 threads, against Ed25519 on one core",
           median(ours), "appends/s", median(verifies), median(ratios), 0.8, false}};
}

std::vector<Figure> bench_append_growth(const AppendPlan& plan, std::uint64_t small,
                                        std::uint64_t large) {
  constexpr std::uint64_t kPortion = 500;  // submissions
  BenchLedger ledger(fresh(plan.folder), 1, plan.rules_ns);
  std::vector<double> near_small;
  std::vector<double> near_large;
  for (std::uint64_t events = 0; events < large; events += kPortion * kEventsEach) {
    Submissions submissions = sign_many(ledger.author(0), ledger.log(), kPortion, kEventsEach);
    const double seconds = append_in_order(ledger.writer(), std::move(submissions), kInFlight);
    const double ns_each = 1e9 * seconds / static_cast<double>(kPortion * kEventsEach);
    if (events >= small && events < small + 10 * kPortion * kEventsEach)
      near_small.push_back(ns_each);
    if (events + 10 * kPortion * kEventsEach >= large) near_large.push_back(ns_each);
  }
  const double ratio = median(near_large) / median(near_small);
  return {{"cost of an appended event at " + std::to_string(large) + " events, against " +
               std::to_string(small),
           median(near_large), "ns", median(near_small), ratio, 1.2, true}};
}

}  // namespace assay::bench
