#pragma once

/// Ledgers for tests of the store: authors that sign, a log key that remembers what it released,
/// and everything a writer needs, opened and closed together.

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ledger/events/catalogue.hpp"
#include "ledger/store/store_internal.hpp"
#include "ledger/store/writer.hpp"
#include "tests/support/open_rules.hpp"

namespace assay::testing {

inline constexpr std::string_view kTestOrigin = "ledger.example/store-tests";

/// Somebody who signs submissions, and where their stream stands. Thread word: thread-compatible.
class TestAuthor {
 public:
  /// The name decides the key.
  explicit TestAuthor(std::string_view name);

  [[nodiscard]] const Hash& key() const { return signer_->verifier().key_id(); }
  [[nodiscard]] const Signer& signer() const { return *signer_; }
  [[nodiscard]] Base64Bytes public_key() const { return {signer_->verifier().spki()}; }

  struct Terms {
    std::optional<Seen> seen;
    std::vector<std::pair<std::string, std::uint64_t>> expect;
    std::string id;                           ///< a new one where it is empty
    std::vector<const TestAuthor*> together;  ///< who else signs
    std::optional<Hash> voids{};              ///< what it says was refused
  };
  /// The next submission of the stream; the stream moves on.
  [[nodiscard]] store::SignedSubmission sign(const std::vector<EventData>& events,
                                             const std::string& log, const Terms& terms);
  [[nodiscard]] store::SignedSubmission sign(const std::vector<EventData>& events,
                                             const std::string& log) {
    return sign(events, log, Terms{});
  }
  /// Takes the stream back, as after a refusal.
  void rewind(std::uint64_t sequence, const Hash& last) {
    sequence_ = sequence;
    last_ = last;
  }
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }
  [[nodiscard]] const Hash& last() const { return last_; }

 private:
  std::unique_ptr<Signer> signer_;
  std::uint64_t sequence_ = 0;
  Hash last_;
  std::uint64_t ids_ = 0;
};

/// The signatures of `authors` over a submission, in their order.
[[nodiscard]] std::vector<EntrySignature> sign_as(std::string_view submission,
                                                  const std::vector<const TestAuthor*>& authors);

/// The log's key, with its memory outside the ledger.
class TestLogKey final : public store::LogKey {
 public:
  explicit TestLogKey(std::string_view name = "log");
  Result<std::string> sign(const Checkpoint& checkpoint) override;
  [[nodiscard]] std::optional<merkle::TreeHead> last_released() const override;
  Status save_released(const merkle::TreeHead& head, const std::string& note) override;
  [[nodiscard]] const Hash& key_id() const override { return key_.key(); }
  Status hand_over(const Hash& next) override;
  /// A key that can take over.
  void keep_at_hand(std::string_view name) { successors_.emplace_back(name); }

  struct Signed {
    std::uint64_t size = 0;
    Hash key;
  };
  /// Every checkpoint that was signed, in order.
  [[nodiscard]] const std::vector<Signed>& signed_checkpoints() const { return signed_; }

  [[nodiscard]] const TestAuthor& key() const { return key_; }
  [[nodiscard]] std::uint64_t saves() const { return saves_; }
  /// As if this had been released last.
  void remember(std::optional<merkle::TreeHead> head) { last_ = head; }

  std::function<Status()> before_sign;  ///< may fail
  std::function<Status()> before_save;  ///< may fail
  std::function<Status()> after_save;   ///< may fail, though the checkpoint is remembered

 private:
  TestAuthor key_;
  std::vector<TestAuthor> successors_;
  std::vector<Signed> signed_;
  std::optional<merkle::TreeHead> last_;
  std::uint64_t saves_ = 0;
};

/// Time as a test wants it.
struct TestClock {
  std::atomic<std::int64_t> us{1'573'553'100'000'000};  // 2019-11-12T10:05:00Z
  std::atomic<std::int64_t> step_us{1};                 // what each look adds
  [[nodiscard]] Timestamp now() { return {us.fetch_add(step_us)}; }
};

/// What outlives an open ledger.
struct TestPlace {
  store::Backing backing;
  std::string directory;
  TestLogKey log_key;
  TestClock clock;
  TestAuthor root{"root"};
  store::WriterOptions options;
  std::map<std::uint64_t, Hash> log_keys;  ///< which key is the log's from which size, as OpenRules

  /// Makes the ledger. Aborts where that fails.
  void create();
  /// The submission that begins the log.
  [[nodiscard]] store::SignedSubmission genesis();
};

/// A ledger that is open for writing.
class TestLedger {
 public:
  /// Opens, folds the log into rules and keyring, and opens the writer.
  [[nodiscard]] static Result<std::unique_ptr<TestLedger>> open(TestPlace& place) {
    return open(place, place.log_key);
  }
  /// The same with a log key that remembers elsewhere.
  [[nodiscard]] static Result<std::unique_ptr<TestLedger>> open(TestPlace& place,
                                                                store::LogKey& log_key);

  TestLedger(TestPlace& place, store::Store opened);
  TestLedger(const TestLedger&) = delete;
  TestLedger& operator=(const TestLedger&) = delete;

  /// The log id in hex, or the origin while there is no entry.
  [[nodiscard]] std::string log() const;
  /// Appends the beginning of the log; then registers `authors`, one entry each. Aborts on errors.
  void begin(const std::vector<TestAuthor*>& authors);

  store::Store store;
  OpenRules rules;
  verify::Keyring keyring;
  std::optional<store::Writer> writer;

 private:
  TestPlace& place_;
};

/// The submission with which `root` registers the key of `author`.
[[nodiscard]] store::SignedSubmission register_key(TestAuthor& root, const TestAuthor& author,
                                                   const std::string& log);

// Events about nothing in particular.
[[nodiscard]] EventData heartbeat(std::string note = {});
[[nodiscard]] EventData run_of(std::string_view run);
/// An event object of about `size_bytes`.
[[nodiscard]] EventData run_of_size(std::string_view run, std::size_t size_bytes);

}  // namespace assay::testing
