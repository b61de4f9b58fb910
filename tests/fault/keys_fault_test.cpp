// What is left of keys and their records after any one file operation failed, or was the last one
// before the process died. The k-th operation fails for k = 1, 2, … until none is left to fail;
// what was acknowledged must then be there, and nothing else but what was in doubt.

#include <functional>
#include <sys/mman.h>
#include <sys/wait.h>

#include "keys/key_file.hpp"
#include "keys/released_record.hpp"
#include "keys/stream_record.hpp"
#include "keys/verifier.hpp"
#include "tests/fault/keys_syscalls.hpp"
#include "tests/unit/keys/keys_support.hpp"

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

constexpr Fault kFaults[] = {Fault::interrupted, Fault::lost,          Fault::stored,
                             Fault::cut_short,   Fault::killed_before, Fault::killed_midway,
                             Fault::killed_after};

bool kills(Fault fault) { return fault >= Fault::killed_before; }

/// What a scenario wrote down as done, seen by the test even when the process dies.
struct Outcome {
  int acknowledged;  ///< steps whose success was reported
  bool failed;       ///< the scenario met an error
  Errc code;         ///< of that error
  bool fired;
};

/// Runs `scenario` under `plan`, in a process of its own if it is to be killed.
template <class Scenario>
Outcome run(const FaultPlan& plan, Scenario scenario) {
  void* const memory =
      ::mmap(nullptr, sizeof(Outcome), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REQUIRE(memory != MAP_FAILED);
  auto& outcome = *static_cast<Outcome*>(memory);
  outcome = Outcome{0, false, Errc::internal, true};
  const auto attempt = [&] {
    arm(plan);
    if (const Status status = scenario(outcome.acknowledged); !status) {
      outcome.failed = true;
      outcome.code = status.error().code;
    }
    outcome.fired = fired();
    arm({});
  };
  if (kills(plan.fault)) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      attempt();
      ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    REQUIRE(status == 0);
  } else {
    attempt();
  }
  const Outcome result = outcome;
  ::munmap(memory, sizeof(Outcome));
  return result;
}

/// Every fault at every operation, once and for ever. `check` runs after each.
template <class Check>
void for_every_fault(Check check) {
  int plans = 0;
  for (const Fault fault : kFaults) {
    for (const int error_number : {ENOSPC, EIO}) {
      for (const bool for_ever : {false, true}) {
        const bool once_enough = kills(fault) || fault == Fault::interrupted;
        if (once_enough && (for_ever || error_number == EIO)) continue;
        // A step that was done is never reported as a full disk.
        if (fault == Fault::stored && error_number == ENOSPC) continue;
        for (int at = 1;; ++at, ++plans) {
          FaultPlan plan{fault, at, fault == Fault::interrupted ? EINTR : error_number, for_ever};
          CAPTURE(static_cast<int>(fault), at, error_number, for_ever);
          if (!check(plan).fired) break;
          REQUIRE(at < 100);
        }
      }
    }
  }
  CHECK(plans > 50);
}

/// A key whose encryption was done beforehand, so that the runs do not wait for it.
class PreparedKey final : public PrivateKey {
 public:
  const Verifier& verifier() const noexcept override { return key_->verifier(); }
  Result<std::string> sign(std::string_view message) const override { return key_->sign(message); }
  Result<std::string> to_encrypted_pem(const Secret&) const override { return pem_; }
  const std::string& pem() const { return pem_; }

 private:
  std::unique_ptr<PrivateKey> key_ = signer_from_seed(std::string(32, 's')).value();
  std::string pem_ = key_->to_encrypted_pem(secret("pw")).value();
};

}  // namespace

TEST_CASE("a key is made whole or not at all, whatever fails", "[fault][key_file]") {
  const PreparedKey key;
  const Secret passphrase = secret("pw");
  for_every_fault([&](const FaultPlan& plan) {
    const TemporaryFolder folder;
    const std::string directory = folder / "keys";
    const Outcome outcome = run(plan, [&](int& acknowledged) -> Status {
      ASSAY_CHECK(store_key(directory, "log", key, passphrase));
      acknowledged = 1;
      return {};
    });
    const bool has_private = std::filesystem::exists(directory + "/log.key");
    const bool has_public = std::filesystem::exists(directory + "/log.pub");
    if (has_private) {
      REQUIRE(read_file(directory + "/log.key") == key.pem());
      REQUIRE(mode_of(directory + "/log.key") == 0600);
    }
    if (has_public) {
      REQUIRE(has_private);
      REQUIRE(load_public_key(directory, "log").value()->key_id() == key.verifier().key_id());
      REQUIRE(mode_of(directory + "/log.pub") == 0644);
    }
    if (outcome.acknowledged == 1) {
      REQUIRE((has_private && has_public));
    }
    if (plan.fault == Fault::interrupted) REQUIRE(outcome.acknowledged == 1);
    // "Nothing was stored" is said only where nothing was.
    if (outcome.failed && outcome.code != Errc::outcome_unknown) REQUIRE_FALSE(has_private);
    // A second attempt either makes the key or finds it; it never replaces it.
    const Status again = store_key(directory, "log", key, passphrase);
    REQUIRE(again.has_value() != has_private);
    if (!again) REQUIRE(again.error().code == Errc::conflict);
    REQUIRE(read_file(directory + "/log.key") == key.pem());
    return outcome;
  });
}

TEST_CASE("no fault makes a key sign one sequence twice", "[fault][stream_record]") {
  // Every line that the scenario writes, in order, as the state it leads to.
  std::vector<std::optional<StreamPosition>> states{std::nullopt};
  for (std::uint64_t i = 0; i < 6; ++i)
    states.push_back(StreamPosition{i, hash_of(std::to_string(i))});
  states.push_back(states[5]);                              // 5 was refused
  states.push_back(StreamPosition{5, hash_of("5 again")});  // and is signed anew
  for_every_fault([&](const FaultPlan& plan) {
    const TemporaryFolder folder;
    const StreamRecord::Place place{folder.path(), "author", {hash_of("log"), hash_of("key")}, 0};
    const auto scenario = [&](int& acknowledged) -> Status {
      ASSAY_TRY(StreamRecord record, StreamRecord::open(place));
      for (std::uint64_t i = 0; i < 6; ++i) {
        ASSAY_CHECK(record.advance(i, states[i + 1]->hash));
        if (i % 2 == 0) continue;  // batches of two
        ASSAY_CHECK(record.sync());
        acknowledged = static_cast<int>(i) + 1;
      }
      ASSAY_CHECK(record.retreat(states[6]->hash, states[5]));
      ASSAY_CHECK(record.advance(5, states[8]->hash));
      ASSAY_CHECK(record.sync());
      acknowledged = 8;
      return {};
    };
    const Outcome outcome = run(plan, scenario);
    const auto acknowledged = static_cast<std::size_t>(outcome.acknowledged);
    if (plan.fault == Fault::interrupted) REQUIRE(outcome.acknowledged == 8);
    auto record = StreamRecord::open(place);
    if (!record) {
      // Only a write that was cut off can leave a torn end; nothing of it had left.
      REQUIRE(record.error().code == Errc::malformed);
      REQUIRE((plan.fault == Fault::killed_midway || plan.fault == Fault::cut_short));
      REQUIRE(StreamRecord::recover_torn_end(place, states[acknowledged]));
      record = StreamRecord::open(place);
    }
    REQUIRE(record);
    bool accounted = false;
    for (std::size_t i = acknowledged; i <= std::min(acknowledged + 2, states.size() - 1); ++i) {
      accounted = accounted || record->last() == states[i];
    }
    REQUIRE(accounted);
    // "Nothing was stored" is said only where nothing was.
    if (outcome.failed && outcome.code == Errc::no_space && !plan.for_ever) {
      REQUIRE(record->last() == states[acknowledged]);
    }
    const std::uint64_t next = record->last() ? record->last()->sequence + 1 : 0;
    REQUIRE(record->advance(next, hash_of("next")));
    REQUIRE(record->sync());
    return outcome;
  });
}

TEST_CASE("no fault loses a released checkpoint", "[fault][released]") {
  for_every_fault([&](const FaultPlan& plan) {
    const TemporaryFolder folder;
    const ReleasedRecord::Place place{folder.path(), "log", hash_of("log"), 0};
    const Outcome outcome = run(plan, [&](int& acknowledged) -> Status {
      ASSAY_TRY(ReleasedRecord record, ReleasedRecord::open(place));
      for (int save = 1; save <= 4; ++save) {
        ASSAY_CHECK(record.save(static_cast<std::uint64_t>(10 * save), hash_of("root")));
        acknowledged = save;
      }
      return {};
    });
    if (plan.fault == Fault::interrupted) REQUIRE(outcome.acknowledged == 4);
    auto record = ReleasedRecord::open(place);
    REQUIRE(record);
    const auto acknowledged = static_cast<std::uint64_t>(outcome.acknowledged);
    const std::uint64_t size = record->last() ? record->last()->size : 0;
    REQUIRE((size == 10 * acknowledged || size == 10 * (acknowledged + 1)));
    REQUIRE(record->save(100, hash_of("later")));
    REQUIRE(ReleasedRecord::peek(folder.path(), "log").value()->size == 100);
    return outcome;
  });
}

TEST_CASE("after a full disk the same batch can be synced again", "[fault][stream_record]") {
  const TemporaryFolder folder;
  const StreamRecord::Place place{folder.path(), "author", {hash_of("log"), hash_of("key")}, 0};
  auto record = StreamRecord::open(place).value();
  REQUIRE(record.advance(0, hash_of("0")));
  arm({Fault::cut_short, 1, ENOSPC, false});
  const Status full = record.sync();
  arm({});
  REQUIRE(code_of(full) == Errc::no_space);
  CHECK_FALSE(full.error().hint.empty());
  CHECK(StreamRecord::peek(place).value() == std::nullopt);
  REQUIRE(record.sync());
  CHECK(StreamRecord::peek(place).value() == StreamPosition{0, hash_of("0")});
}

TEST_CASE("after a failed sync a record refuses everything until it is opened anew",
          "[fault][stream_record][released]") {
  const TemporaryFolder folder;
  const StreamRecord::Place place{folder.path(), "author", {hash_of("log"), hash_of("key")}, 0};
  auto record = std::make_unique<StreamRecord>(StreamRecord::open(place).value());
  REQUIRE(record->advance(0, hash_of("0")));
  arm({Fault::lost, 2, EIO, false});  // the write is good, its sync is not
  CHECK(code_of(record->sync()) == Errc::outcome_unknown);
  arm({});
  CHECK(code_of(record->sync()) == Errc::outcome_unknown);
  CHECK(code_of(record->advance(1, hash_of("1"))) == Errc::outcome_unknown);
  CHECK(code_of(record->retreat(hash_of("0"), std::nullopt)) == Errc::outcome_unknown);
  record.reset();
  CHECK(StreamRecord::open(place).value().last() == StreamPosition{0, hash_of("0")});

  const ReleasedRecord::Place log{folder.path(), "log", hash_of("log"), 0};
  auto released = std::make_unique<ReleasedRecord>(ReleasedRecord::open(log).value());
  arm({Fault::lost, 2, EIO, false});
  CHECK(code_of(released->save(1, hash_of("1"))) == Errc::outcome_unknown);
  arm({});
  CHECK(code_of(released->save(2, hash_of("2"))) == Errc::outcome_unknown);
  CHECK_FALSE(released->last());
  released.reset();
  CHECK(ReleasedRecord::open(log).value().last() == Released{1, hash_of("1")});
}

TEST_CASE("bytes are synced before a file gets its name and before a record is acknowledged",
          "[fault]") {
  // A power failure cannot be made here; the order of the calls is what makes it harmless.
  const TemporaryFolder folder;
  const std::string create = "openat fchmod pwrite fsync linkat fsync unlinkat";
  arm({});
  REQUIRE(store_key(folder / "keys", "log", PreparedKey(), secret("pw")));
  CHECK(trace() == "mkdir fsync " + create + " " + create);
  arm({});
  auto record = StreamRecord::open({folder.path(), "a", {hash_of("log"), hash_of("k")}, 0}).value();
  CHECK(trace() == "mkdir fsync " + create);
  REQUIRE(record.advance(0, hash_of("0")));
  REQUIRE(record.advance(1, hash_of("1")));
  arm({});
  REQUIRE(record.sync());
  CHECK(trace() == "pwrite fdatasync");
  auto released = ReleasedRecord::open({folder.path(), "log", hash_of("log"), 0}).value();
  arm({});
  REQUIRE(released.save(1, hash_of("root")));
  CHECK(trace() == "pwrite fdatasync");
}
