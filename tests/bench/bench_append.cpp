#include "tests/bench/bench_append.hpp"

#include <cstdio>
#include <mutex>
#include <thread>

#include <rocksdb/db.h>
#include <sqlite3.h>

#include "ledger/format/dsse.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/programme_ledger.hpp"

namespace assay::bench {
namespace {

constexpr std::size_t kEventsEach = 100;
constexpr std::size_t kInFlight = 16;
constexpr std::size_t kSqliteRows = 1'000;
constexpr std::size_t kTools = 64;

/// Hands the submissions in from `threads` threads that each keep one in flight, in their order.
void append_in_order(store::Writer& writer, Submissions submissions, std::size_t threads) {
  std::mutex mutex;
  std::size_t next = 0;
  const auto work = [&] {
    pthread_setname_np(pthread_self(), "appender");  // for profilers
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
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < threads; ++i) running.emplace_back(work);
  for (std::thread& thread : running) thread.join();
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
double verify_rate(const Signer& signer, const Submissions& submissions) {
  std::vector<std::string> messages(submissions.size());
  for (std::size_t i = 0; i < messages.size(); ++i) {
    append_pae(messages[i], kSubmissionPayloadType, submissions[i].bytes);
  }
  const double seconds = seconds_of([&] {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const std::string& signature = submissions[i].signatures.front().signature;
      ASSAY_ASSERT(signer.verifier().verify(messages[i], signature).has_value());
    }
  });
  return static_cast<double>(messages.size()) / seconds;
}

/// Each tool hands in its own submissions, one after the other, from a thread of its own.
void append_side_by_side(store::Writer& writer, std::vector<Submissions> work) {
  std::vector<std::thread> running;
  for (Submissions& mine : work) {
    running.emplace_back([&writer, &mine] {
      pthread_setname_np(pthread_self(), "appender");
      for (store::SignedSubmission& submission : mine) {
        ASSAY_ASSERT(writer.append(std::move(submission)).has_value());
      }
    });
  }
  for (std::thread& thread : running) thread.join();
}

}  // namespace

std::vector<Figure> bench_bulk_append(const AppendPlan& plan) {
  const auto events = static_cast<double>(plan.bulk_submissions * kEventsEach);
  std::vector<double> ours;
  std::vector<double> rocks;
  std::vector<double> lite;
  std::vector<double> against_rocks;
  std::vector<double> against_lite;
  ProgrammeLedger ledger(plan.folder, 1, plan.algorithm);
  for (std::uint64_t round = 0; round < plan.rounds; ++round) {
    Submissions submissions = ledger.sign_results(0, plan.bulk_submissions, kEventsEach);
    std::vector<std::string> values;
    for (const auto& submission : submissions) values.push_back(submission.bytes);
    const std::vector<std::string> single = events_in(submissions);
    const std::uint64_t before = ledger.groups();
    double seconds = 0;
    const double cpu_us = 1e6 / events * cpu_seconds_of([&] {
                            seconds = seconds_of([&] {
                              append_in_order(ledger.writer(), std::move(submissions), kInFlight);
                            });
                          });
    ours.push_back(events / seconds);
    const std::uint64_t groups = ledger.groups() - before;
    const std::size_t together = (plan.bulk_submissions + groups / 2) / groups;
    rocks.push_back(events / write_rocksdb(plan.folder + "/rocksdb", values, together));
    lite.push_back(events / write_sqlite(plan.folder + "/sqlite", single));
    against_rocks.push_back(ours.back() / rocks.back());
    against_lite.push_back(ours.back() / lite.back());
    std::fprintf(stderr,
                 "  round %llu: %.0f ours, %.0f RocksDB, %.0f SQLite events/s; %zu submissions a "
                 "sync; %.2f us of processor an event\n",
                 static_cast<unsigned long long>(round + 1), ours.back(), rocks.back(), lite.back(),
                 together, cpu_us);
  }
  ledger.close();
  std::filesystem::remove_all(plan.folder);
  const bool tool = plan.algorithm == KeyAlgorithm::ecdsa_p256_sha256;
  const std::string what = std::string("durable append, 100 events a submission, 16 in flight, ") +
                           (tool ? "ECDSA P-256" : "Ed25519");
  return {{what + ", against RocksDB alone", median(ours), "events/s", median(rocks),
           median(against_rocks), tool ? 0.4 : 0, false},
          {what + ", against an SQLite table with a hash chain", median(ours), "events/s",
           median(lite), median(against_lite), tool ? 1.0 : 0, false}};
}

std::vector<Figure> bench_single_append(const AppendPlan& plan) {
  std::vector<double> ours;
  std::vector<double> verifies;
  std::vector<double> ratios;
  ProgrammeLedger ledger(plan.folder, kTools);
  const std::uint64_t each = plan.single_submissions / kTools;
  const auto count = static_cast<double>(each * kTools);
  for (std::uint64_t round = 0; round < plan.rounds; ++round) {
    std::vector<Submissions> work;
    for (std::size_t tool = 0; tool < kTools; ++tool) {
      work.push_back(ledger.sign_results(tool, each, 1));
    }
    verifies.push_back(verify_rate(ledger.tool_signer(0), work[0]));
    const std::uint64_t before = ledger.groups();
    double seconds = 0;
    const double cpu_us =
        1e6 / count * cpu_seconds_of([&] {
          seconds = seconds_of([&] { append_side_by_side(ledger.writer(), std::move(work)); });
        });
    ours.push_back(count / seconds);
    ratios.push_back(ours.back() / verifies.back());
    std::fprintf(stderr,
                 "  round %llu: %.0f appends/s, %.0f verifications/s; %.1f a sync; %.0f us of "
                 "processor an append\n",
                 static_cast<unsigned long long>(round + 1), ours.back(), verifies.back(),
                 count / static_cast<double>(ledger.groups() - before), cpu_us);
  }
  ledger.close();
  std::filesystem::remove_all(plan.folder);
  return {{"durable append, one event a submission, 64 threads, against Ed25519 on one core",
           median(ours), "appends/s", median(verifies), median(ratios), 0.8, false}};
}

}  // namespace assay::bench
