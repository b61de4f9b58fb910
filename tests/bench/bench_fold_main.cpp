// Prints what rebuilding the projections costs. Exit 1 when a figure misses its bar.

#include <cstdio>

#include "tests/bench/bench_fold.hpp"

int main() {
  bool met = true;
  for (const assay::bench::Figure& figure : assay::bench::bench_fold({})) {
    met = met && figure.met();
    std::printf("%-8s %12.1f %-9s of %12.1f  ratio %6.3f  bar %s %.2f  %s\n",
                figure.met() ? "met" : "NOT MET", figure.figure, figure.unit.c_str(), figure.limit,
                figure.ratio, figure.at_most ? "<=" : ">=", figure.bar, figure.name.c_str());
  }
  return met ? 0 : 1;
}
