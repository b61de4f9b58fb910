#pragma once

/// The page that a bundle opens with: what was asked, what is proved and what is not, what was left
/// out and why, how to check it. For somebody who has never heard of any of this. Static, no
/// script; nothing is concluded from it. Thread word: pure.

#include <string>
#include <vector>

#include "ledger/format/checkpoint.hpp"
#include "ledger/verify/bundle_index.hpp"

namespace assay::cli {

struct ReadMe {
  struct Line {
    std::uint64_t entry = 0;
    std::string recorded_at;
    std::vector<std::string> events;  ///< "run_finished run/R-101"
  };

  verify::BundleIndex index;
  Checkpoint checkpoint;
  std::string recorded_at;  ///< of the last entry under the checkpoint
  std::vector<Line> entries;
  std::uint64_t files = 0;  ///< evidence files that are there
  std::vector<Hash> erased;
  std::vector<Hash> missing;
  bool has_verify_html = false;
  bool has_verify_sh = false;
};

[[nodiscard]] std::string format_read_me(const ReadMe& page);

}  // namespace assay::cli
