#pragma once

/// A log published in memory: the files of docs/format.md annex G by name, for tests to read, to
/// damage and to take away.

#include <map>
#include <string>

#include "ledger/verify/file_tree.hpp"
#include "tests/support/log_builder.hpp"

namespace assay::testing {

/// Thread word: thread-safe as long as the files do not change.
class MemoryTree final : public verify::FileTree {
 public:
  [[nodiscard]] Status stream(const std::string& name, std::uint64_t size_max_bytes,
                              const PieceSink& sink) const override;
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list(
      const std::string& folder) const override;

  std::map<std::string, std::string> files;
  std::map<std::string, Error> errors;  ///< what these names answer instead
  bool can_list = true;
  mutable std::atomic<std::uint64_t> reads = 0;
};

/// Publishes the whole log of `builder`, with all its evidence, and without states. `vkey_of`: the
/// number of the log key in force.
[[nodiscard]] MemoryTree published(LogBuilder& builder, std::size_t vkey_of = 0);

}  // namespace assay::testing
