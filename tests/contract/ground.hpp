#pragma once

/// The grounds that a ledger must behave the same on: memory, disk, and disk with the ledger closed
/// and opened again before every step.

#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include "tests/support/fault_fs.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_ledger.hpp"

namespace assay::testing {

/// A ledger with two registered authors, entries 1 and 2.
class Ground {
 public:
  Ground() = default;
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;
  virtual ~Ground() = default;

  /// The ledger, open for writing.
  TestLedger& ledger() {
    if (ledger_ == nullptr) reopen();
    if (reopens_each_step_) reopen();
    return *ledger_;
  }
  /// The same without a step.
  TestLedger& now() { return ledger_ != nullptr ? *ledger_ : ledger(); }
  void close() { ledger_.reset(); }
  void reopen() {
    ledger_.reset();
    auto opened = TestLedger::open(place);
    if (!opened) FAIL(opened.error().message);
    ledger_ = *std::move(opened);
  }
  void begin() {
    place.create();
    reopen();
    ledger_->begin({&alice, &bob});
  }
  /// Appends what must be accepted.
  store::Receipt append(store::SignedSubmission submission) {
    auto receipt = ledger().writer->append(std::move(submission));
    if (!receipt) FAIL(receipt.error().message);
    return *receipt;
  }
  store::Receipt append(TestAuthor& by, const std::vector<EventData>& events) {
    return append(by.sign(events, now().log()));
  }
  /// Appends what must be refused, and gives why.
  Error refused(store::SignedSubmission submission) {
    TestLedger& open = ledger();
    const auto before = open.store.head();
    const auto folded = open.rules.size();
    auto receipt = open.writer->append(std::move(submission));
    REQUIRE_FALSE(receipt.has_value());
    CHECK(open.store.head() == before);
    CHECK(open.rules.size() == folded);
    return receipt.error();
  }

  TestPlace place;
  TestAuthor alice{"alice"};
  TestAuthor bob{"bob"};

 protected:
  bool reopens_each_step_ = false;

 private:
  std::unique_ptr<TestLedger> ledger_;
};

class InMemory : public Ground {
 public:
  InMemory() {
    place.backing.env = env_.env.get();
    place.directory = "/ledger";
  }
  ~InMemory() override { close(); }

 private:
  FaultEnv env_ = FaultEnv::in_memory();
};

class OnDisk : public Ground {
 public:
  OnDisk() { place.directory = folder_ / "ledger"; }
  ~OnDisk() override { close(); }

 private:
  TempDir folder_;
};

class Reopened final : public OnDisk {
 public:
  Reopened() { reopens_each_step_ = true; }
};

}  // namespace assay::testing
