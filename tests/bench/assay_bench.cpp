// assay_bench FOLDER OUT.json [append|single|verify|fold|growth]...: measures Assay against limits
// of the same run, prints one table and writes it as JSON. FOLDER/assay-bench is made on the disk
// to be measured, and removed. It measures; it is no test: exit 0 whatever the figures say.

#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/bench/bench_append.hpp"
#include "tests/bench/bench_fold.hpp"
#include "tests/bench/bench_growth.hpp"
#include "tests/bench/bench_verify.hpp"

namespace {

using namespace assay::bench;

void print(const std::vector<Figure>& figures) {
  std::printf("%-8s %12s %12s %-9s %9s %8s\n", "", "FIGURE", "LIMIT", "UNIT", "RATIO", "BAR");
  for (const Figure& figure : figures) {
    const char* const verdict = figure.bar == 0 ? "-" : figure.met() ? "met" : "NOT MET";
    std::printf("%-8s %12.6g %12.6g %-9s %9.4g %2s %5.3g  %s\n", verdict, figure.figure,
                figure.limit, figure.unit.c_str(), figure.ratio,
                figure.at_most ? "<=" : ">=", figure.bar, figure.name.c_str());
  }
}

bool save(const std::vector<Figure>& figures, const char* path) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Figure& figure : figures) {
    nlohmann::ordered_json one;
    one["name"] = figure.name;
    one["figure"] = figure.figure;
    one["unit"] = figure.unit;
    one["limit"] = figure.limit;
    one["ratio"] = figure.ratio;
    one["bar"] = figure.bar;
    one["ok"] = figure.met();
    all.push_back(std::move(one));
  }
  std::ofstream out(path);
  out << all.dump(2) << "\n";
  return out.good();
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr,
                 "usage: assay_bench FOLDER OUT.json [append|single|verify|fold|growth]...\n");
    return 2;
  }
  const auto wanted = [&](const char* name) {
    for (int i = 3; i < count; ++i) {
      if (std::strcmp(arguments[i], name) == 0) return true;
    }
    return count == 3;
  };
  const std::string folder = std::string(arguments[1]) + "/assay-bench";
  std::vector<Figure> figures;
  const auto take = [&](const char* name, auto&& measure) {
    if (!wanted(name)) return;
    std::fprintf(stderr, "%s …\n", name);
    const std::vector<Figure> more = measure();
    figures.insert(figures.end(), more.begin(), more.end());
  };
  AppendPlan append;
  append.folder = folder;
  VerifyPlan verify;
  verify.folder = folder;
  GrowthPlan growth;
  growth.folder = folder;
  growth.program = ASSAY_PROGRAM;
  take("append", [&] { return bench_bulk_append(append); });
  take("append", [&] {
    AppendPlan ed25519 = append;
    ed25519.algorithm = assay::KeyAlgorithm::ed25519;
    return bench_bulk_append(ed25519);
  });
  take("single", [&] { return bench_single_append(append); });
  take("verify", [&] { return bench_verify(verify); });
  take("verify", [&] { return bench_verify_against_sqlite(verify); });
  take("fold", [] { return bench_fold({}); });
  take("growth", [&] { return bench_growth(growth); });
  print(figures);
  if (save(figures, arguments[2])) return 0;
  std::fprintf(stderr, "assay_bench: cannot write %s\n", arguments[2]);
  return 1;
}
