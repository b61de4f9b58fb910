#include "tests/bench/bench_growth.hpp"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/measure.hpp"
#include "tests/bench/programme_ledger.hpp"

namespace assay::bench {
namespace {

constexpr std::size_t kEventsEach = 100;
constexpr std::size_t kGroup = 16;  // submissions that wait for one sync

/// One child process, from its start to its end.
struct Spent {
  double cpu_seconds = 0;
  double peak_bytes = 0;
};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

/// The most memory that a process has had since its program began. What the kernel says of a child
/// that has ended will not do: it counts the memory that this process had when it forked.
double high_water_bytes(pid_t process, double before) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    constexpr std::string_view kField = "VmHWM:";
    if (line.starts_with(kField)) return 1024 * std::stod(line.substr(kField.size()));
  }
  return before;  // it is about to end
}

/// `assay verify` of everything, by the program itself.
Spent verify_with(const std::string& program, const std::string& ledger) {
  int started[2];
  ASSAY_ASSERT(::pipe2(started, O_CLOEXEC) == 0);
  const pid_t child = ::fork();
  ASSAY_ASSERT(child >= 0);
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    ::execl(program.c_str(), program.c_str(), "verify", ledger.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(started[1]);
  char nothing = 0;
  ASSAY_ASSERT(::read(started[0], &nothing, 1) == 0);  // ends when the program begins
  ::close(started[0]);
  Spent spent;
  int status = 0;
  rusage usage{};
  pid_t ended = 0;
  while ((ended = ::wait4(child, &status, WNOHANG, &usage)) == 0) {
    spent.peak_bytes = high_water_bytes(child, spent.peak_bytes);
    ::usleep(2'000);
  }
  ASSAY_ASSERT(ended == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  spent.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  return spent;
}

/// A ledger that grows, and what the last stretch of it cost.
class Growth {
 public:
  explicit Growth(const GrowthPlan& plan) : plan_(plan), ledger_(plan.folder, 1) {}

  /// Appends up to `events`; nanoseconds of processor an event over the last window.
  double grow_to(std::uint64_t events) {
    std::vector<double> costs;
    while (events_ < events) {
      const std::uint64_t portion = std::min(events - events_, plan_.window / 10);
      Submissions submissions = ledger_.sign_results(0, portion / kEventsEach, kEventsEach);
      const double seconds = cpu_seconds_of([&] { append(std::move(submissions)); });
      events_ += portion;
      costs.push_back(1e9 * seconds / static_cast<double>(portion));
    }
    return median({costs.end() - 10, costs.end()});
  }
  [[nodiscard]] Spent verify() const { return verify_with(plan_.program, ledger_.directory()); }
  void close() { ledger_.close(); }

 private:
  void append(Submissions submissions) {
    std::vector<store::Ticket> tickets;
    for (store::SignedSubmission& submission : submissions) {
      tickets.push_back(ledger_.writer().enqueue(std::move(submission)));
      if (tickets.size() < kGroup) continue;
      finish(tickets);
    }
    finish(tickets);
  }
  void finish(std::vector<store::Ticket>& tickets) {
    for (const auto& receipt : ledger_.writer().finish_all(std::exchange(tickets, {}))) {
      ASSAY_ASSERT(receipt.has_value());
    }
  }

  const GrowthPlan plan_;
  ProgrammeLedger ledger_;
  std::uint64_t events_ = 0;
};

Figure growth_of(const std::string& what, const GrowthPlan& plan, double large_ns,
                 double small_ns) {
  return {"cost of an event " + what + " at " + std::to_string(plan.large) + " events, against " +
              std::to_string(plan.small),
          large_ns,
          "ns",
          small_ns,
          large_ns / small_ns,
          1.2,
          true};
}

}  // namespace

std::vector<Figure> bench_growth(const GrowthPlan& plan) {
  constexpr double kMebibyte = 1024.0 * 1024.0;
  constexpr double kMemoryMib = 256;
  Growth growth(plan);
  const double small_append_ns = growth.grow_to(plan.small);
  const Spent small = growth.verify();
  growth.grow_to(plan.middle);
  const double peak_mib = growth.verify().peak_bytes / kMebibyte;
  const double large_append_ns = growth.grow_to(plan.large);
  const Spent large = growth.verify();
  growth.close();
  std::filesystem::remove_all(plan.folder);
  const auto each_ns = [](const Spent& spent, std::uint64_t events) {
    return 1e9 * spent.cpu_seconds / static_cast<double>(events);
  };
  return {{"peak memory of `assay verify` on " + std::to_string(plan.middle) + " events", peak_mib,
           "MiB", kMemoryMib, peak_mib / kMemoryMib, 1.0, true},
          growth_of("appended", plan, large_append_ns, small_append_ns),
          growth_of("verified", plan, each_ns(large, plan.large), each_ns(small, plan.small))};
}

}  // namespace assay::bench
