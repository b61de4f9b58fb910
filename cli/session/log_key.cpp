#include "cli/session/log_key.hpp"

#include <fmt/format.h>

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
  // After the log's key was replaced two keys have a record; the newer one is the larger.
  std::optional<ReleasedBy> newest;
  for (const keys::ListedKey& key : *listed) {
    const auto slot = keys::ReleasedRecord::peek(key_directory, key.name);
    if (slot && slot->has_value() && (*slot)->log == log) {
      if (newest && newest->head.size >= (*slot)->size) continue;
      newest = ReleasedBy{key.name, {(*slot)->size, (*slot)->root}};
    }
  }
  return newest;
}

Status check_against_released(const std::string& key_directory, const Hash& log,
                              const merkle::TreeHead& head) {
  const auto released = find_released(key_directory, log);
  if (!released || released->head.size < head.size || released->head == head) return {};
  const bool behind = head.size < released->head.size;
  return fail(
      Errc::forked,
      behind ? fmt::format("the log ends at {} entries, but its key {} released a checkpoint of {}",
                           head.size, released->key_name, released->head.size)
             : fmt::format("at size {} the log has root {}, but its key {} released {}", head.size,
                           head.root.hex(), released->key_name, released->head.root.hex()),
      behind ? "an older copy was put in its place, or the end of its files was lost: put the "
               "newer copy back"
             : "this is not the log that the key signed");
}

}  // namespace assay::cli
