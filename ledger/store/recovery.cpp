#include "ledger/format/entry.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/status_internal.hpp"
#include "ledger/store/store_internal.hpp"

namespace assay::store {
namespace {

/// One more than the last key of a family that is indexed by entry; 0 when it is empty.
Result<std::uint64_t> end_of(const Store::Impl& store, Family family) {
  const auto rows = store.iterate(family);
  rows->SeekToLast();
  if (!rows->Valid()) {
    ASSAY_CHECK(checked(rows->status(), "look for the end of the log"));
    return 0;
  }
  ASSAY_TRY(const std::uint64_t last, read_index_key(rows->key().ToStringView()));
  return last + 1;
}

Error disagrees(std::uint64_t index, Errc code, const std::string& what) {
  return Error{code, "the end of the log does not hold together: " + what,
               "keep the directory as it is, run `assay verify`, and restore a copy", index};
}

/// The last entry against the nodes and against what it says of itself.
Status check_last(const Store::Impl& store, LogEnd& end, const Hash& before) {
  const std::uint64_t last = end.tree.size() - 1;
  std::string bytes;
  if (Status found = store.get_entry(last, bytes, "read the last entry"); !found) {
    return std::unexpected(std::move(found).error().at_entry(last));
  }
  EntryView entry;
  if (Status parsed = parse_entry(bytes, entry); !parsed) {
    return std::unexpected(std::move(parsed).error().in("the last entry").at_entry(last));
  }
  if (entry.index != last) {
    return std::unexpected(disagrees(
        last, Errc::tampered_order,
        "entry " + std::to_string(last) + " says it is entry " + std::to_string(entry.index)));
  }
  const Hash leaf = merkle::leaf_hash(entry.bytes);
  if (leaf != end.last_leaf) {
    return std::unexpected(
        disagrees(last, Errc::tampered_hash,
                  "the entry hashes to " + leaf.hex() + ", the tree holds " + end.last_leaf.hex()));
  }
  if (entry.previous != before) {
    return std::unexpected(disagrees(
        last, Errc::tampered_hash,
        "the entry follows " + entry.previous.hex() + ", the one before it is " + before.hex()));
  }
  end.recorded_at = entry.recorded_at;
  return {};
}

}  // namespace

Result<LogEnd> read_end(const Store::Impl& store) {
  LogEnd end;
  ASSAY_TRY(const std::uint64_t size, end_of(store, Family::entries));
  ASSAY_TRY(const std::uint64_t nodes_size, end_of(store, Family::nodes));
  if (size != nodes_size) {
    return std::unexpected(
        disagrees(std::min(size, nodes_size), Errc::tampered_order,
                  std::to_string(size) + " entries, but hashes of " + std::to_string(nodes_size)));
  }
  end.last_leaf = origin_hash(store.origin);
  end.log = store.origin;
  if (size == 0) return end;
  const auto nodes = [&](unsigned level, std::uint64_t index) {
    return read_node(store, level, index);
  };
  ASSAY_TRY(end.tree, merkle::CompactRange::from(size, nodes));
  Hash before = end.last_leaf;
  if (size > 1) {
    ASSAY_TRY(before, read_node(store, 0, size - 2));
  }
  ASSAY_TRY(end.last_leaf, read_node(store, 0, size - 1));
  ASSAY_TRY(const Hash first, read_node(store, 0, 0));
  end.log = first.hex();
  ASSAY_CHECK(check_last(store, end, before));
  return end;
}

Result<merkle::TreeHead> read_head_as_it_is(const Store::Impl& store) {
  ASSAY_TRY(const std::uint64_t size, end_of(store, Family::entries));
  const auto nodes = [&](unsigned level, std::uint64_t index) {
    return read_node(store, level, index);
  };
  const auto root = merkle::root_at(size, nodes);
  return merkle::TreeHead{size, root.value_or(Hash{})};
}

Status check_released(const Store::Impl& store, const merkle::TreeHead& released) {
  const std::string hint =
      "an older copy was put in its place, or the end of its files was lost: put the newer copy "
      "back, and never append to this one, or two histories will exist";
  const merkle::TreeHead now = store.current_head();
  if (now.size < released.size) {
    return fail(Errc::forked,
                store.directory + " ends at " + std::to_string(now.size) +
                    " entries, but its log's key released a checkpoint of " +
                    std::to_string(released.size),
                hint);
  }
  const auto nodes = [&](unsigned level, std::uint64_t index) {
    return read_node(store, level, index);
  };
  ASSAY_TRY(const Hash root, merkle::root_at(released.size, nodes));
  if (root == released.root) return {};
  return fail(Errc::forked,
              store.directory + " has root " + root.hex() + " at " + std::to_string(released.size) +
                  " entries, but its log's key released " + released.root.hex(),
              hint);
}

}  // namespace assay::store
