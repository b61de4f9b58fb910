#include "cli/session/log_key.hpp"

#include <fmt/format.h>

#include "keys/key_file.hpp"

namespace assay::cli {

Status SessionLogKey::open(const Hash& log, std::uint32_t wait_ms) {
  ASSAY_TRY(record_, keys::ReleasedRecord::open({directory_, name_, log, wait_ms}));
  log_ = log;
  return {};
}

Result<std::string> SessionLogKey::sign(const Checkpoint& checkpoint) {
  return sign_checkpoint(checkpoint, *signer_);
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

Status SessionLogKey::hand_over(const Hash& next) {
  if (!find_) return fail(Errc::key_unavailable, "only one key of the log is at hand");
  ASSAY_TRY(UnlockedKey found, find_(next));
  ASSAY_TRY(record_, keys::ReleasedRecord::open({directory_, found.name, log_, 0}));
  name_ = std::move(found.name);
  owned_ = std::move(found.key);
  signer_ = owned_.get();
  return {};
}

Result<std::vector<ReleasedBy>> released_in(const std::string& key_directory) {
  std::vector<ReleasedBy> released;
  const auto listed = keys::list_keys(key_directory);
  if (!listed) return released;
  for (const keys::ListedKey& key : *listed) {
    auto slot = keys::ReleasedRecord::peek(key_directory, key.name);
    if (!slot && slot.error().code == Errc::key_unavailable) continue;
    if (!slot) return std::unexpected(std::move(slot).error());
    if (!slot->has_value()) continue;
    released.push_back({key.name, (*slot)->log, {(*slot)->size, (*slot)->root}});
  }
  return released;
}

const ReleasedBy* newest_of(const std::vector<ReleasedBy>& released, const Hash& log) {
  const ReleasedBy* newest = nullptr;
  for (const ReleasedBy& by : released) {
    if (by.log == log && (newest == nullptr || by.head.size > newest->head.size)) newest = &by;
  }
  return newest;
}

namespace {

constexpr std::string_view kLookAllTheSame =
    "; to look at this one all the same, name another key directory with --keys";

Error behind(const merkle::TreeHead& head, const ReleasedBy& by) {
  return {Errc::forked,
          fmt::format("the log ends at {} entries, but its key {} released a checkpoint of {}",
                      head.size, by.key_name, by.head.size),
          fmt::format("an older copy was put in its place, or the end of its files was lost: put "
                      "the newer copy back{}",
                      kLookAllTheSame),
          std::nullopt};
}

Error another(const Hash& root, const ReleasedBy& by) {
  return {Errc::forked,
          fmt::format("at size {} the log has root {}, but its key {} released {}", by.head.size,
                      root.hex(), by.key_name, by.head.root.hex()),
          fmt::format("this is not the log that the key signed{}", kLookAllTheSame), std::nullopt};
}

}  // namespace

Status check_against_released(const std::vector<ReleasedBy>& released, const Hash& log,
                              const merkle::TreeHead& head, const merkle::NodeReader& nodes) {
  for (const ReleasedBy& by : released) {
    if (by.log != log) continue;
    if (by.head.size > head.size) return std::unexpected(behind(head, by));
    Hash root = head.root;
    if (by.head.size < head.size) {
      ASSAY_TRY(root, merkle::root_at(by.head.size, nodes));
    }
    if (root != by.head.root) return std::unexpected(another(root, by));
  }
  return {};
}

}  // namespace assay::cli
