#pragma once

/// A ledger on a real disk with a real memory of what was released, for benchmarks.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/durable_log_key.hpp"

namespace assay::bench {

/// A new ledger in an empty folder, with `authors` registered. Aborts where anything fails.
class BenchLedger {
 public:
  BenchLedger(const std::string& folder, std::size_t author_count, std::int64_t rules_ns);

  [[nodiscard]] std::string log() const { return store_->log_id().value().hex(); }
  [[nodiscard]] testing::TestAuthor& author(std::size_t number) { return *authors_[number]; }
  [[nodiscard]] store::Writer& writer() { return *writer_; }
  [[nodiscard]] std::uint64_t groups() const { return log_key_.saves(); }
  [[nodiscard]] std::uint64_t size() const { return store_->size(); }

 private:
  testing::DurableLogKey log_key_;
  std::vector<std::unique_ptr<testing::TestAuthor>> authors_;
  std::optional<store::Store> store_;
  testing::OpenRules rules_;
  verify::Keyring keyring_;
  std::optional<store::Writer> writer_;
};

}  // namespace assay::bench
