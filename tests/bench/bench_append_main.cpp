// bench_append FOLDER [bulk|single|growth]...: prints what a durable append costs, against the bare
// things it is made of. FOLDER is made on the disk to be measured, and removed.

#include <cstdio>
#include <cstring>

#include "tests/bench/bench_append.hpp"

using namespace assay::bench;

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: bench_append FOLDER [bulk|single|growth]...\n");
    return 2;
  }
  const auto wanted = [&](const char* name) {
    for (int i = 2; i < count; ++i) {
      if (std::strcmp(arguments[i], name) == 0) return true;
    }
    return count == 2;
  };
  AppendPlan plan;
  plan.folder = std::string(arguments[1]) + "/assay-bench";
  std::vector<Figure> figures;
  const auto take = [&](std::vector<Figure> more) {
    figures.insert(figures.end(), more.begin(), more.end());
  };
  if (wanted("bulk")) take(bench_bulk_append(plan));
  if (wanted("single")) take(bench_single_append(plan));
  if (wanted("growth")) take(bench_append_growth(plan, 200'000, 2'000'000));
  for (const Figure& figure : figures) {
    std::printf("%s\n  %.0f %s against %.0f: %.2f (%s %.1f)%s\n", figure.name.c_str(),
                figure.figure, figure.unit.c_str(), figure.limit, figure.ratio,
                figure.at_most ? "at most" : "at least", figure.bar,
                figure.met() ? "" : "  MISSED");
  }
  return 0;
}
