#pragma once

/// A log that is to be verified, wherever it lies: what a run of the verifier needs beside the
/// bytes. Thread word: thread-compatible.

#include <memory>

#include "cli/session/ledger_session.hpp"
#include "ledger/verify/file_tree.hpp"
#include "ledger/verify/report.hpp"
#include "ledger/verify/source.hpp"

namespace assay::cli {

/// Sizes at which this run has the states, to compare them with what is stated of them.
struct RefoldedSizes {
  bool any = false;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

class LogToVerify {
 public:
  virtual ~LogToVerify() = default;
  /// What the log says of its end; it may be wrong.
  [[nodiscard]] virtual merkle::TreeHead head() const = 0;
  /// The size that --at names. Errors: those of size_at (at_point.hpp).
  [[nodiscard]] virtual Result<std::uint64_t> size_at(const std::string& at) const = 0;
  /// Borrowed for as long as this lives; asked for again, it may state other digests.
  [[nodiscard]] virtual const verify::Source& source(const RefoldedSizes& refolded) = 0;
  /// Where the log's key is at hand, what it released is one more pin, and nobody has to ask for
  /// it. Errors: forked.
  [[nodiscard]] virtual Status check_released(const verify::Report& report) const = 0;
};

/// The ledger directory of the run. Errors: those of the store.
[[nodiscard]] Result<std::unique_ptr<LogToVerify>> open_ledger_to_verify(const Run& run);

/// A published log; borrows its files. Errors: not_found (none lies there), of the run.
[[nodiscard]] Result<std::unique_ptr<LogToVerify>> open_published_to_verify(
    const verify::FileTree& files);

}  // namespace assay::cli
