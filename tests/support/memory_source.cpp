#include "tests/support/memory_source.hpp"

#include "ledger/merkle/compact_range.hpp"

namespace assay::testing {
namespace {

/// Small, so that tests see files in several pieces.
constexpr std::size_t kChunkSizeBytes = 1'000;

}  // namespace

Status MemorySource::read(std::uint64_t from, std::uint64_t to, const EntrySink& sink) const {
  for (std::uint64_t i = from; i < to; ++i) {
    if (const auto error = entry_errors.find(i); error != entry_errors.end()) {
      return std::unexpected(Error(error->second).at_entry(i));
    }
    sink(i, log_.entries.at(i));
  }
  return {};
}

Status MemorySource::read_evidence(const Hash& digest, const ChunkSink& sink) const {
  if (const auto error = evidence_errors.find(digest); error != evidence_errors.end()) {
    return std::unexpected(error->second);
  }
  const auto found = log_.evidence.find(digest);
  if (found == log_.evidence.end()) return fail(Errc::not_found, "no such evidence");
  for (std::size_t at = 0; at < found->second.size(); at += kChunkSizeBytes) {
    if (!sink(std::string_view(found->second).substr(at, kChunkSizeBytes))) break;
  }
  return {};
}

void MemorySource::keep_nodes_of(const MemoryLog& log) {
  merkle::CompactRange range;
  levels_.clear();
  for (const std::string& entry : log.entries) {
    range.append(merkle::leaf_hash(entry), [this](merkle::NodeId node, const Hash& hash) {
      if (levels_.size() <= node.level) levels_.emplace_back();
      levels_[node.level].push_back(hash);
    });
  }
  nodes_ = [this](unsigned level, std::uint64_t index) -> Result<Hash> {
    if (level < levels_.size() && index < levels_[level].size()) return levels_[level][index];
    return fail(Errc::not_found, "no such node");
  };
}

}  // namespace assay::testing
