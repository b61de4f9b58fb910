#pragma once

/// A bag in memory, for tests to fill, to damage and to verify.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/verify/partial.hpp"
#include "tests/support/log_builder.hpp"

namespace assay::testing {

/// Files by name. Plain value: copy it, then break the copy.
class MemoryBag final : public verify::FileTree {
 public:
  [[nodiscard]] Status stream(const std::string& name, std::uint64_t size_max_bytes,
                              const PieceSink& sink) const override;
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list(
      const std::string& folder) const override;

  [[nodiscard]] std::vector<verify::BagFile> listing() const;
  /// Tag files that fit the payload as it is.
  void seal();

  std::map<std::string, std::string> files;
  std::map<std::string, Error> errors;  ///< names that answer with these instead
};

/// A bundle with these entries of `builder`'s log, under its last checkpoint, with the evidence
/// files that `log` holds and these entries name.
[[nodiscard]] MemoryBag bundle_of(LogBuilder& builder, const std::set<std::uint64_t>& entries);

[[nodiscard]] verify::PartialReport verified(const MemoryBag& bag,
                                             const verify::Options& options = {});

}  // namespace assay::testing
