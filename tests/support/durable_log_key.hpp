#pragma once

/// The log's key with a memory on disk, in a folder of its own beside the ledger: what a log key is
/// outside tests, without the passphrase.

#include <filesystem>
#include <optional>
#include <string>

#include "keys/released_record.hpp"
#include "tests/support/test_ledger.hpp"

namespace assay::testing {

class DurableLogKey final : public store::LogKey {
 public:
  /// Takes up what is remembered in `folder`, which is made if it is absent. Signs with the test
  /// key "log", or with `signer`, borrowed.
  explicit DurableLogKey(std::string folder, const Signer* signer = nullptr)
      : folder_(std::move(folder)), signer_(signer != nullptr ? *signer : key_.signer()) {
    std::filesystem::create_directories(folder_);
    const auto slot = keys::ReleasedRecord::peek(folder_, kName);
    ASSAY_ASSERT(slot.has_value());
    if (!*slot) return;
    open_record((*slot)->log);
    if (const auto last = record_->last()) last_ = merkle::TreeHead{last->size, last->root};
  }

  Result<std::string> sign(const Checkpoint& checkpoint) override {
    if (before_sign) before_sign();
    return sign_checkpoint(checkpoint, signer_);
  }
  [[nodiscard]] const Hash& key_id() const override { return signer_.verifier().key_id(); }
  Status hand_over(const Hash& /*next*/) override {
    return fail(Errc::key_unavailable, "there is only this key");
  }
  [[nodiscard]] std::optional<merkle::TreeHead> last_released() const override { return last_; }
  Status save_released(const merkle::TreeHead& head, const std::string& note) override {
    ASSAY_ASSERT(!note.empty());
    if (before_save) before_save();
    // The first group holds entry 0 alone, so its root is the log's id.
    if (!record_) open_record(head.root);
    ASSAY_CHECK(record_->save(head.size, head.root));
    if (after_save) after_save();
    last_ = head;
    ++saves_;
    return {};
  }
  [[nodiscard]] const TestAuthor& key() const { return key_; }
  [[nodiscard]] std::uint64_t saves() const { return saves_; }

  std::function<void()> before_sign;
  std::function<void()> before_save;
  std::function<void()> after_save;

 private:
  static constexpr const char* kName = "log";
  void open_record(const Hash& log) {
    auto opened = keys::ReleasedRecord::open({folder_, kName, log, 0});
    ASSAY_ASSERT(opened.has_value());
    record_.emplace(*std::move(opened));
  }

  std::string folder_;
  TestAuthor key_{"log"};
  const Signer& signer_;
  std::optional<keys::ReleasedRecord> record_;
  std::optional<merkle::TreeHead> last_;
  std::uint64_t saves_ = 0;
};

}  // namespace assay::testing
