#pragma once

/// The log's key as the store sees it, made of a signer and the record of what it released last.
/// Thread word: thread-compatible.

#include <functional>
#include <memory>
#include <vector>

#include "cli/app.hpp"
#include "keys/released_record.hpp"
#include "keys/signer.hpp"
#include "ledger/base/signer.hpp"
#include "ledger/merkle/tree.hpp"
#include "ledger/store/log_key.hpp"

namespace assay::cli {

/// A key of the key directory, ready to sign.
struct UnlockedKey {
  std::string name;
  std::unique_ptr<keys::PrivateKey> key;
};
/// Errors: key_unavailable, those of the passphrase.
using KeyFinder = std::function<Result<UnlockedKey>(const Hash& key_id)>;

class SessionLogKey final : public store::LogKey {
 public:
  /// `signer` is borrowed, until another key takes over, which `find` gives. The record is absent
  /// while there is no entry 0; the first release opens it.
  SessionLogKey(const Signer& signer, std::string key_directory, std::string key_name,
                KeyFinder find = {})
      : signer_(&signer),
        directory_(std::move(key_directory)),
        name_(std::move(key_name)),
        find_(std::move(find)) {}

  /// Opens the record of what was released. Errors: locked, forked, those of the record.
  [[nodiscard]] Status open(const Hash& log, std::uint32_t wait_ms);

  [[nodiscard]] const Hash& key_id() const override { return signer_->verifier().key_id(); }
  [[nodiscard]] Result<std::string> sign(const Checkpoint& checkpoint) override;
  [[nodiscard]] std::optional<merkle::TreeHead> last_released() const override;
  [[nodiscard]] Status save_released(const merkle::TreeHead& head,
                                     const std::string& note) override;
  [[nodiscard]] Status hand_over(const Hash& next) override;
  /// The key in force. Not while something is being appended, which may replace it.
  [[nodiscard]] const Signer& signer() const noexcept { return *signer_; }

 private:
  const Signer* signer_;
  std::string directory_;
  std::string name_;
  KeyFinder find_;
  std::unique_ptr<keys::PrivateKey> owned_;  // what took over
  Hash log_;
  std::optional<keys::ReleasedRecord> record_;
};

/// What a key released last.
struct ReleasedBy {
  std::string key_name;
  Hash log;  ///< leaf hash of its entry 0
  merkle::TreeHead head;
};

/// What the keys of a directory released, of whatever logs. To be read before the ledger is opened:
/// a writer beside releases more all the time. A record that this user may not read counts as
/// absent. Errors: those of a record (damaged, of a newer format, io).
[[nodiscard]] Result<std::vector<ReleasedBy>> released_in(const std::string& key_directory);

/// The one of `log` that says most; none where no key released anything of it.
[[nodiscard]] const ReleasedBy* newest_of(const std::vector<ReleasedBy>& released, const Hash& log);

/// Holds a log of `head` against all that was released of it: a log's key that was replaced still
/// knows what it signed. `nodes` are the log's own.
/// Errors: forked (the log is behind, or another one), those of the nodes.
[[nodiscard]] Status check_against_released(const std::vector<ReleasedBy>& released,
                                            const Hash& log, const merkle::TreeHead& head,
                                            const merkle::NodeReader& nodes);

}  // namespace assay::cli
