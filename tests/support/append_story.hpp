#pragma once

/// A ledger's life with everything in it that touches the disk, to be interrupted anywhere, and
/// what must be true afterwards: nothing that was acknowledged is missing, nothing but what was in
/// doubt is there besides, the log holds together, and handing everything in again completes it.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/fault_fs.hpp"
#include "tests/support/test_ledger.hpp"

namespace assay::testing {

class AppendStory {
 public:
  /// A ledger in memory with two authors and some entries, closed.
  AppendStory();

  /// Opens the ledger, appends, stores evidence and a snapshot, closes, opens again and appends.
  /// Anything in it may fail.
  void live();
  /// Closes whatever is open, as far as that works.
  void stop() { ledger_.reset(); }
  /// Opens, compares, hands in again whatever was not acknowledged, compares again. Gives what is
  /// wrong; empty where nothing is.
  [[nodiscard]] std::vector<std::string> recover();

  /// How many submissions of live() were acknowledged, and how many are in doubt.
  [[nodiscard]] std::size_t acknowledged() const;
  [[nodiscard]] std::size_t in_doubt() const;
  /// The first error that was neither "nothing was stored" nor "in doubt".
  [[nodiscard]] const std::optional<Error>& unexpected_error() const { return unexpected_; }

  FaultEnv env = FaultEnv::in_memory();
  TestPlace place;

 private:
  struct Attempt {
    store::SignedSubmission submission;
    std::optional<store::Receipt> receipt;
    bool is_in_doubt = false;
  };

  [[nodiscard]] bool open();
  void append_one();
  void append_group(std::size_t count);
  void note(Attempt& attempt, const Result<store::Receipt>& answer);
  [[nodiscard]] store::SignedSubmission next();
  void compare(std::vector<std::string>& problems) const;

  TestAuthor alice_{"alice"};
  TestAuthor bob_{"bob"};
  std::string log_;
  std::vector<Attempt> attempts_;
  std::unique_ptr<TestLedger> ledger_;
  std::optional<Error> unexpected_;
};

}  // namespace assay::testing
