// bench_verify FOLDER [EVENTS]: prints what a verification costs, against what it cannot do
// without. FOLDER/assay-bench-verify is made for an SQLite table, and removed.

#include <cstdio>
#include <cstdlib>

#include "tests/bench/bench_verify.hpp"

using namespace assay::bench;

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: bench_verify FOLDER [EVENTS]\n");
    return 2;
  }
  VerifyPlan plan;
  plan.folder = std::string(arguments[1]) + "/assay-bench-verify";
  if (count > 2) plan.events = std::strtoull(arguments[2], nullptr, 10);
  for (const Figure& figure : bench_verify(plan)) {
    std::printf("%s\n  %.6g %s against %.6g: %.4g (%s %.3g)%s\n", figure.name.c_str(),
                figure.figure, figure.unit.c_str(), figure.limit, figure.ratio,
                figure.at_most ? "at most" : "at least", figure.bar,
                figure.met() ? "" : "  MISSED");
  }
  return 0;
}
