#pragma once

/// The page that a published directory opens with in a browser: which log this is, where it stands,
/// what it does not prove, and how to check it. Static, no script; the same log at the same size
/// gives the same bytes. Nothing is concluded from it (docs/format.md annex G).
/// Thread word: pure.

#include <string>
#include <vector>

#include "ledger/format/checkpoint.hpp"
#include "ledger/verify/publication.hpp"
#include "projections/board/matrix_view.hpp"

namespace assay::cli {

struct IndexPage {
  std::string programme;
  Checkpoint checkpoint;
  Hash log_id;
  std::string recorded_at;  ///< of the last entry
  std::string vkey;
  std::vector<projections::PhaseLine> phases;
  std::uint64_t findings = 0;
  std::uint64_t findings_waived = 0;
  std::uint64_t evidence_published = 0;
  verify::PublishedEvidence evidence;
  std::uint64_t evidence_erased = 0;
  std::uint64_t evidence_missing = 0;
  std::vector<std::string> rulebooks;  ///< names of files below rulebooks/
  bool has_verify_html = false;
  bool has_verify_sh = false;
};

[[nodiscard]] std::string format_index_page(const IndexPage& page);

/// Text as it stands between tags and in quoted attributes of HTML.
[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace assay::cli
