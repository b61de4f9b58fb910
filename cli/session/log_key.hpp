#pragma once

/// The log's key as the store sees it, made of a signer and the record of what it released last.
/// Thread word: thread-compatible.

#include <memory>

#include "cli/app.hpp"
#include "keys/released_record.hpp"
#include "ledger/base/signer.hpp"
#include "ledger/store/log_key.hpp"

namespace assay::cli {

class SessionLogKey final : public store::LogKey {
 public:
  /// `signer` is borrowed. `log` is absent while there is no entry 0; its first release names it.
  SessionLogKey(const Signer& signer, std::string key_directory, std::string key_name)
      : signer_(signer), directory_(std::move(key_directory)), name_(std::move(key_name)) {}

  /// Opens the record of what was released. Errors: locked, forked, those of the record.
  [[nodiscard]] Status open(const Hash& log, std::uint32_t wait_ms);

  [[nodiscard]] Result<std::string> sign(const Checkpoint& checkpoint) override;
  [[nodiscard]] std::optional<merkle::TreeHead> last_released() const override;
  [[nodiscard]] Status save_released(const merkle::TreeHead& head,
                                     const std::string& note) override;
  [[nodiscard]] const Signer& signer() const noexcept { return signer_; }

 private:
  const Signer& signer_;
  std::string directory_;
  std::string name_;
  std::optional<keys::ReleasedRecord> record_;
};

/// The key of this directory that released checkpoints of `log`, and what it released last.
struct ReleasedBy {
  std::string key_name;
  merkle::TreeHead head;
};
[[nodiscard]] std::optional<ReleasedBy> find_released(const std::string& key_directory,
                                                      const Hash& log);

/// Holds a log of `head` against what a key of this directory released of it; where there is no
/// such key there is nothing to hold it against. The root is compared at equal sizes only.
/// Errors: forked (the log is behind, or another one).
[[nodiscard]] Status check_against_released(const std::string& key_directory, const Hash& log,
                                            const merkle::TreeHead& head);

}  // namespace assay::cli
