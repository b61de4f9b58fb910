#pragma once

/// A real ledger on a real disk: a small invented programme with its parties, roles and phase, the
/// programme's rules in force, a log key with its record of what it released, and as many import
/// tools with keys of their own as a benchmark wants. Aborts where anything fails.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "projections/fold/programme_fold.hpp"
#include "tests/support/durable_log_key.hpp"
#include "tests/support/log_builder.hpp"

namespace assay::bench {

using Submissions = std::vector<store::SignedSubmission>;

class ProgrammeLedger {
 public:
  /// In `folder`, which is made anew; `algorithm` is that of the tools' keys.
  ProgrammeLedger(const std::string& folder, std::size_t tool_count,
                  KeyAlgorithm algorithm = KeyAlgorithm::ed25519);

  /// Begins an import by that tool, and signs its results of about 400 bytes each: `count`
  /// submissions of `events_each`, to be handed in in this order.
  [[nodiscard]] Submissions sign_results(std::size_t tool, std::uint64_t count,
                                         std::uint64_t events_each);
  [[nodiscard]] const Signer& tool_signer(std::size_t tool) {
    return *builder_.author(name_of(tool)).signer;
  }

  [[nodiscard]] store::Writer& writer() { return *writer_; }
  [[nodiscard]] const store::Store& store() const { return *store_; }
  [[nodiscard]] const std::string& directory() const { return directory_; }
  /// Groups that were synced so far.
  [[nodiscard]] std::uint64_t groups() const { return log_key_.saves(); }
  /// Closes writer and store; only `directory` is of use after.
  void close();

 private:
  [[nodiscard]] static std::string name_of(std::size_t tool);
  void store_evidence(std::string_view bytes);
  void register_tools(std::size_t tool_count, KeyAlgorithm algorithm);
  void replay();
  [[nodiscard]] store::SignedSubmission sign(testing::Author& by,
                                             const std::vector<EventData>& events);

  std::string directory_;
  testing::LogBuilder builder_;
  testing::DurableLogKey log_key_;
  std::optional<store::Store> store_;
  projections::ProgrammeFold rules_;
  verify::Keyring keyring_;
  Timestamp now_;
  std::uint64_t imports_ = 0;
  std::optional<store::Writer> writer_;
};

}  // namespace assay::bench
