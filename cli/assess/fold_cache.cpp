#include "cli/assess/fold_cache.hpp"

namespace assay::cli {

Result<const projections::ProgrammeFold*> FoldCache::at(std::uint64_t size) {
  if (size == session_.size()) return &session_.fold();
  auto found = folds_.find(size);
  if (found == folds_.end()) {
    ASSAY_TRY(projections::ProgrammeFold fold, session_.fold_at(run_, size));
    found = folds_.emplace(size, std::move(fold)).first;
  }
  return &found->second;
}

}  // namespace assay::cli
