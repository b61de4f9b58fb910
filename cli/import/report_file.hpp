#pragma once

/// A report on disk as the reader's source, held to the digest under which it was kept: what is
/// imported is what is evidence, even if somebody writes to the file meanwhile.
/// Thread word: thread-compatible.

#include <fstream>
#include <string>

#include "cli/import/junit_reader.hpp"
#include "ledger/base/hash.hpp"

namespace assay::cli {

class ReportFile final : public import::JunitSource {
 public:
  /// `expected`: SHA-256 of the bytes that were kept.
  ReportFile(std::string path, const Hash& expected);

  Status rewind() override;
  Result<std::string_view> next() override;

 private:
  std::string path_;
  std::string expected_hex_;
  std::ifstream in_;
  std::string buffer_;
  std::optional<Digest> digest_;
};

}  // namespace assay::cli
