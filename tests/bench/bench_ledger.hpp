#pragma once

/// A ledger on a real disk with a real memory of what was released, for benchmarks.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "keys/released_record.hpp"
#include "tests/support/test_ledger.hpp"

namespace assay::bench {

class BenchLogKey final : public store::LogKey {
 public:
  explicit BenchLogKey(std::string folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
  }
  Result<std::string> sign(const Checkpoint& checkpoint) override {
    return sign_checkpoint(checkpoint, key_.signer());
  }
  [[nodiscard]] std::optional<merkle::TreeHead> last_released() const override { return last_; }
  Status save_released(const merkle::TreeHead& head, const std::string& note) override {
    static_cast<void>(note);
    if (!record_) {
      // The first group holds entry 0 alone, so its root is the log's id.
      ASSAY_TRY(record_, keys::ReleasedRecord::open({folder_, "log", head.root, 0}));
    }
    ASSAY_CHECK(record_->save(head.size, head.root));
    last_ = head;
    ++saves_;
    return {};
  }
  [[nodiscard]] std::uint64_t saves() const { return saves_; }

 private:
  std::string folder_;
  testing::TestAuthor key_{"log"};
  std::optional<keys::ReleasedRecord> record_;
  std::optional<merkle::TreeHead> last_;
  std::uint64_t saves_ = 0;
};

/// A new ledger in an empty folder, with `authors` registered. Aborts where anything fails.
class BenchLedger {
 public:
  BenchLedger(const std::string& folder, std::size_t author_count, std::int64_t rules_ns);

  [[nodiscard]] std::string log() const { return store_->log_id().value().hex(); }
  [[nodiscard]] testing::TestAuthor& author(std::size_t number) { return *authors_[number]; }
  [[nodiscard]] store::Writer& writer() { return *writer_; }
  [[nodiscard]] std::uint64_t groups() const { return log_key_.saves(); }
  [[nodiscard]] std::uint64_t size() const { return store_->size(); }

 private:
  BenchLogKey log_key_;
  std::vector<std::unique_ptr<testing::TestAuthor>> authors_;
  std::optional<store::Store> store_;
  testing::OpenRules rules_;
  verify::Keyring keyring_;
  std::optional<store::Writer> writer_;
};

}  // namespace assay::bench
