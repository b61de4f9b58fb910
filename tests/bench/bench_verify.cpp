#include "tests/bench/bench_verify.hpp"

#include <filesystem>

#include <sqlite3.h>

#include "ledger/format/dsse.hpp"
#include "ledger/verify/keyring.hpp"
#include "ledger/verify/verify.hpp"
#include "tests/bench/measure.hpp"
#include "tests/support/programme_log.hpp"

namespace assay::bench {
namespace {

using namespace assay::testing;

verify::Report verified(const MemoryLog& log, const verify::Options& options) {
  verify::Report report = verify::verify_log(MemorySource(log), real_verifiers(), options);
  ASSAY_ASSERT(report.nothing_failed() && !report.interrupted);
  return report;
}

/// What a verification cannot do without, and nothing else.
class NecessaryPasses {
 public:
  explicit NecessaryPasses(const MemoryLog& log) : log_(log) {
    EntryView view;
    for (const std::string& bytes : log.entries) {
      ASSAY_ASSERT(parse_entry(bytes, view).has_value());
      ASSAY_ASSERT(keys_.learn(view.submission).has_value());
      Signed& made = signed_.emplace_back();
      append_pae(made.message, kSubmissionPayloadType, view.submission.bytes);
      made.submission_size_bytes = view.submission.bytes.size();
      made.signatures = view.signatures;
    }
  }
  void run() const {
    Hash folded;
    for (std::size_t i = 0; i < log_.entries.size(); ++i) {
      const std::string_view entry = log_.entries[i];
      const Signed& made = signed_[i];
      const std::string_view submission =
          entry.substr(entry.size() - 1 - made.submission_size_bytes, made.submission_size_bytes);
      folded.bytes[0] ^= merkle::leaf_hash(entry).bytes[0];
      folded.bytes[1] ^= submission_digest(submission).bytes[0];
      for (const EntrySignature& signature : made.signatures) {
        const Verifier* const verifier = keys_.find(signature.key);
        ASSAY_ASSERT(verifier->verify(made.message, signature.signature).has_value());
      }
    }
    volatile std::uint8_t kept = folded.bytes[0];
    static_cast<void>(kept);
  }

 private:
  struct Signed {
    std::string message;
    std::size_t submission_size_bytes = 0;
    std::vector<EntrySignature> signatures;
  };
  const MemoryLog& log_;
  verify::Keyring keys_{real_verifiers()};
  std::vector<Signed> signed_;
};

/// The same events as rows of a table, each with the hash of itself and the row before.
class SqliteChain {
 public:
  SqliteChain(const std::string& folder, const MemoryLog& log) {
    std::filesystem::create_directories(folder);
    ASSAY_ASSERT(sqlite3_open((folder + "/chain.db").c_str(), &db_) == SQLITE_OK);
    execute(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE event(id INTEGER PRIMARY KEY, bytes BLOB, hash BLOB); BEGIN");
    sqlite3_stmt* const insert = prepare("INSERT INTO event(bytes, hash) VALUES(?, ?)");
    Hash hash;
    EntryView view;
    for (const std::string& bytes : log.entries) {
      ASSAY_ASSERT(parse_entry(bytes, view).has_value());
      for (const EventView& event : view.submission.events) {
        hash = sha256({hash.view(), event.bytes});
        sqlite3_bind_blob(insert, 1, event.bytes.data(), static_cast<int>(event.bytes.size()),
                          nullptr);
        sqlite3_bind_blob(insert, 2, hash.bytes.data(), Hash::kSizeBytes, nullptr);
        ASSAY_ASSERT(sqlite3_step(insert) == SQLITE_DONE);
        sqlite3_reset(insert);
        ++rows_;
      }
    }
    sqlite3_finalize(insert);
    execute("COMMIT");
  }
  ~SqliteChain() { sqlite3_close(db_); }
  SqliteChain(const SqliteChain&) = delete;
  SqliteChain& operator=(const SqliteChain&) = delete;

  void verify() const {
    sqlite3_stmt* const select = prepare("SELECT bytes, hash FROM event ORDER BY id");
    Hash hash;
    std::uint64_t rows = 0;
    while (sqlite3_step(select) == SQLITE_ROW) {
      hash = sha256({hash.view(), column(select, 0)});
      ASSAY_ASSERT(hash.view() == column(select, 1));
      ++rows;
    }
    sqlite3_finalize(select);
    ASSAY_ASSERT(rows == rows_);
  }

 private:
  void execute(const char* sql) const {
    ASSAY_ASSERT(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  [[nodiscard]] sqlite3_stmt* prepare(const char* sql) const {
    sqlite3_stmt* statement = nullptr;
    ASSAY_ASSERT(sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) == SQLITE_OK);
    return statement;
  }
  static std::string_view column(sqlite3_stmt* row, int number) {
    return {static_cast<const char*>(sqlite3_column_blob(row, number)),
            static_cast<std::size_t>(sqlite3_column_bytes(row, number))};
  }
  sqlite3* db_ = nullptr;
  std::uint64_t rows_ = 0;
};

class VerifyBench {
 public:
  explicit VerifyBench(const VerifyPlan& plan) : plan_(plan) {
    builder_.author("harness", plan.algorithm);
    record_programme(builder_);
    record_results(builder_, plan.events, plan.events_each);
  }

  [[nodiscard]] std::vector<Figure> run() {
    std::vector<Figure> figures;
    figures.push_back(against_passes());
    figures.push_back(threads());
    figures.push_back(since_pin());
    return figures;
  }

  [[nodiscard]] Figure against_sqlite(const std::string& algorithm, double bar) {
    const SqliteChain chain(plan_.folder, log());
    std::vector<double> ours;
    std::vector<double> theirs;
    std::vector<double> ratios;
    for (std::uint64_t round = 0; round < plan_.rounds; ++round) {
      theirs.push_back(rate(seconds_of([&] { chain.verify(); })));
      ours.push_back(rate(seconds_of([&] { verified(log(), {.threads = 2}); })));
      ratios.push_back(ours.back() / theirs.back());
    }
    return {"full verification with signatures on two threads, " + algorithm +
                ", against an SQLite table with a hash chain and none",
            median(ours),
            "events/s",
            median(theirs),
            median(ratios),
            bar,
            false};
  }

 private:
  [[nodiscard]] const MemoryLog& log() const { return builder_.log(); }
  [[nodiscard]] double rate(double seconds) const {
    return static_cast<double>(plan_.events) / seconds;
  }
  [[nodiscard]] std::string events() const { return std::to_string(plan_.events) + " events"; }

  Figure against_passes() {
    const NecessaryPasses passes(log());
    std::vector<double> ours;
    std::vector<double> bare;
    std::vector<double> ratios;
    for (std::uint64_t round = 0; round < plan_.rounds; ++round) {
      bare.push_back(rate(cpu_seconds_of([&] { passes.run(); })));
      ours.push_back(rate(cpu_seconds_of([&] { verified(log(), {.threads = 1}); })));
      ratios.push_back(ours.back() / bare.back());
    }
    return {"full verification on one thread, against its hashes and signatures alone",
            median(ours),
            "events/s",
            median(bare),
            median(ratios),
            0.7,
            false};
  }

  Figure threads() {
    std::vector<double> one;
    std::vector<double> two;
    std::vector<double> ratios;
    for (std::uint64_t round = 0; round < plan_.rounds; ++round) {
      one.push_back(rate(seconds_of([&] { verified(log(), {.threads = 1}); })));
      two.push_back(rate(seconds_of([&] { verified(log(), {.threads = 2}); })));
      ratios.push_back(two.back() / one.back());
    }
    return {"full verification on two threads, against one",
            median(two),
            "events/s",
            median(one),
            median(ratios),
            1.7,
            false};
  }

  /// Last, because it makes the log longer.
  Figure since_pin() {
    const verify::Report full = verified(log(), {.threads = 1});
    const double full_seconds = cpu_seconds_of([&] { verified(log(), {.threads = 1}); });
    ASSAY_ASSERT(full.sealed.has_value());
    const verify::Pin pin =
        verify::make_pin(full.sealed->note, *full.log_id, full.sealed->digests).value();
    const std::string snapshot = verify::encode_state(full.sealed->state);
    record_results(builder_, plan_.new_events, plan_.events_each);
    const double seconds = cpu_seconds_of([&] {
      const verify::VerifierState state = verify::state_of(pin, snapshot).value();
      verified(log(), {.threads = 1, .pin = &pin, .start = &state});
    });
    return {"verification of " + std::to_string(plan_.new_events) + " new events since a pin, on " +
                events() + ", against all",
            seconds,
            "s",
            full_seconds,
            seconds / full_seconds,
            0.01,
            true};
  }

  VerifyPlan plan_;
  LogBuilder builder_;
};

}  // namespace

std::vector<Figure> bench_verify(const VerifyPlan& plan) {
  std::filesystem::remove_all(plan.folder);
  std::vector<Figure> figures = VerifyBench(plan).run();
  std::filesystem::remove_all(plan.folder);
  return figures;
}

std::vector<Figure> bench_verify_against_sqlite(VerifyPlan plan) {
  std::vector<Figure> figures;
  const auto measure = [&](KeyAlgorithm algorithm, const char* name, double bar) {
    plan.algorithm = algorithm;
    std::filesystem::remove_all(plan.folder);
    figures.push_back(VerifyBench(plan).against_sqlite(name, bar));
    std::filesystem::remove_all(plan.folder);
  };
  measure(KeyAlgorithm::ecdsa_p256_sha256, "ECDSA P-256", 0.6);
  measure(KeyAlgorithm::ed25519, "Ed25519", 0);
  return figures;
}

}  // namespace assay::bench
