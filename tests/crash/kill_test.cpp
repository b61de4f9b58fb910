// A process that appends from several threads is killed, over and over, on one ledger: whatever it
// acknowledged is there, the log holds together, and the next start is the ordinary one.

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <map>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/support/check_ledger.hpp"
#include "tests/support/durable_log_key.hpp"
#include "tests/support/random.hpp"
#include "tests/support/temp_dir.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

struct Acknowledged {
  std::string leaf;
  std::string id;
};

/// Starts the writer; `output` is the end to read from.
pid_t start(const std::vector<std::string>& arguments, int& output) {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    std::vector<char*> given;
    for (const std::string& argument : arguments)
      given.push_back(const_cast<char*>(argument.c_str()));
    given.push_back(nullptr);
    ::execv(given[0], given.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  output = ends[0];
  return child;
}

/// Everything up to the end of the output; kills the writer once it has said `kill_after` bytes.
std::string listen(pid_t child, int output, std::size_t kill_after) {
  std::string said;
  char buffer[4'096];
  bool is_killed = false;
  for (ssize_t count = 0; (count = ::read(output, buffer, sizeof buffer)) > 0;) {
    said.append(buffer, static_cast<std::size_t>(count));
    if (!is_killed && said.size() >= kill_after) {
      ::kill(child, SIGKILL);
      is_killed = true;
    }
  }
  ::close(output);
  return said;
}

class Lives {
 public:
  Lives() {
    place_.directory = folder_ / "ledger";
    place_.create();
  }

  /// One life of the writer, to its end.
  void live(std::vector<std::string> step, std::size_t kill_after) {
    std::vector<std::string> arguments{ASSAY_CRASH_WRITER, place_.directory, folder_ / "keys"};
    arguments.insert(arguments.end(), step.begin(), step.end());
    int output = -1;
    const pid_t child = start(arguments, output);
    const std::string said = listen(child, output, kill_after);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    const bool is_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    const bool ended_itself = WIFEXITED(status) && WEXITSTATUS(status) == 9;
    REQUIRE((is_killed || ended_itself));
    std::istringstream lines(said);
    std::uint64_t index = 0;
    Acknowledged one;
    while (lines >> index >> one.leaf >> one.id) acknowledged_[index] = one;
  }

  /// Opens as ever, and compares.
  void check() {
    {
      DurableLogKey key(folder_ / "keys");
      auto ledger = TestLedger::open(place_, key);
      REQUIRE(ledger.has_value());
      CHECK((*ledger)->store.head() == key.last_released());
    }
    const CheckedLedger checked =
        check_ledger(nullptr, place_.directory, place_.log_key.key().signer());
    CHECK(checked.problems == std::vector<std::string>{});
    CHECK(checked.last_checkpoint == checked.entries.size());
    REQUIRE((acknowledged_.empty() || acknowledged_.rbegin()->first < checked.entries.size()));
    std::size_t missing = 0;
    for (const auto& [index, one] : acknowledged_) {
      if (checked.entries[index].leaf.hex() != one.leaf || checked.entries[index].id != one.id) {
        ++missing;
      }
    }
    CHECK(missing == 0);
  }
  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.size(); }

 private:
  TempDir folder_;
  TestPlace place_;
  std::map<std::uint64_t, Acknowledged> acknowledged_;
};

}  // namespace

TEST_CASE("kills at any moment lose nothing that was acknowledged", "[crash]") {
  Random random;
  CAPTURE(Random::seed());
  Lives lives;
  for (int life = 0; life < 12; ++life) {
    CAPTURE(life);
    lives.live({}, 1 + random.below(12'000));
    lives.check();
  }
  CHECK(lives.acknowledged() > 12);
}

TEST_CASE("an end at each step of the release loses nothing and needs no repair", "[crash]") {
  Lives lives;
  for (const char* step : {"before_sign", "before_save", "after_save"}) {
    for (const char* count : {"1", "2", "7"}) {
      CAPTURE(step, count);
      lives.live({step, count}, SIZE_MAX);
      lives.check();
    }
  }
}
