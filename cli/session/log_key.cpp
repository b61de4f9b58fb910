#include "cli/session/log_key.hpp"

#include "keys/key_file.hpp"

namespace assay::cli {

Status SessionLogKey::open(const Hash& log, std::uint32_t wait_ms) {
  ASSAY_TRY(record_, keys::ReleasedRecord::open({directory_, name_, log, wait_ms}));
  return {};
}

Result<std::string> SessionLogKey::sign(const Checkpoint& checkpoint) {
  return sign_checkpoint(checkpoint, signer_);
}

std::optional<merkle::TreeHead> SessionLogKey::last_released() const {
  if (!record_) return std::nullopt;
  const auto last = record_->last();
  return last ? std::optional(merkle::TreeHead{last->size, last->root}) : std::nullopt;
}

Status SessionLogKey::save_released(const merkle::TreeHead& head, const std::string&) {
  if (!record_) {
    // The root of a tree of one leaf is that leaf: entry 0, which names the log.
    if (head.size != 1) return fail(Errc::internal, "a first release must be of size 1");
    ASSAY_CHECK(open(head.root, 0));
  }
  return record_->save(head.size, head.root);
}

std::optional<ReleasedBy> find_released(const std::string& key_directory, const Hash& log) {
  const auto listed = keys::list_keys(key_directory);
  if (!listed) return std::nullopt;
  for (const keys::ListedKey& key : *listed) {
    const auto slot = keys::ReleasedRecord::peek(key_directory, key.name);
    if (slot && slot->has_value() && (*slot)->log == log) {
      return ReleasedBy{key.name, {(*slot)->size, (*slot)->root}};
    }
  }
  return std::nullopt;
}

}  // namespace assay::cli
