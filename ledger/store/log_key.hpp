#pragma once

/// The log's own key, as the writer sees it: it signs checkpoints, and remembers outside the ledger
/// directory what it released last. The command line wires it to keys/.

#include <optional>
#include <string>

#include "ledger/base/error.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::store {

/// Thread word: thread-compatible; the writer calls from one thread at a time.
class LogKey {
 public:
  virtual ~LogKey() = default;
  /// Id of the key that signs.
  [[nodiscard]] virtual const Hash& key_id() const = 0;
  /// The signed note of a checkpoint. Signing twice gives a note that says the same.
  /// Errors: crypto, unsupported.
  [[nodiscard]] virtual Result<std::string> sign(const Checkpoint& checkpoint) = 0;
  /// What was released last; none if nothing was.
  [[nodiscard]] virtual std::optional<merkle::TreeHead> last_released() const = 0;
  /// Durable when it returns: only then does the checkpoint, or a receipt under it, leave.
  /// Errors: forked (contradicts what was released), io, no_space, outcome_unknown.
  [[nodiscard]] virtual Status save_released(const merkle::TreeHead& head,
                                             const std::string& note) = 0;
  /// From here on it is `next` that signs and remembers: the roots have made it the log's key.
  /// After an error everything is as before. Errors: key_unavailable (it is not at hand), those of
  /// the next key's memory.
  [[nodiscard]] virtual Status hand_over(const Hash& next) = 0;
};

}  // namespace assay::store
