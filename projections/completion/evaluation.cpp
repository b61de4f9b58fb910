#include "projections/completion/evaluation.hpp"

namespace assay::projections {
namespace {

using Key = std::pair<Identifier, Identifier>;
struct Said {
  std::set<events::Verdict> verdicts;
  [[nodiscard]] std::optional<events::Verdict> one() const {
    return verdicts.empty() ? std::nullopt : std::optional(*verdicts.begin());
  }
};

std::map<Key, Said> by_key(const std::vector<events::CriterionVerdict>& verdicts) {
  std::map<Key, Said> said;
  for (const events::CriterionVerdict& verdict : verdicts) {
    said[{verdict.planned_entry, verdict.criterion}].verdicts.insert(verdict.verdict);
  }
  return said;
}

}  // namespace

std::vector<EvaluationDifference> differences(
    const Evaluation& evaluation, const std::vector<events::CriterionVerdict>& computed) {
  const auto stated = by_key(evaluation.verdicts);
  const auto anew = by_key(computed);
  std::set<Key> keys;
  for (const auto& [key, said] : stated) keys.insert(key);
  for (const auto& [key, said] : anew) keys.insert(key);
  std::vector<EvaluationDifference> found;
  for (const Key& key : keys) {
    const auto a = stated.find(key);
    const auto b = anew.find(key);
    const Said before = a == stated.end() ? Said{} : a->second;
    const Said after = b == anew.end() ? Said{} : b->second;
    if (before.verdicts == after.verdicts && before.verdicts.size() == 1) continue;
    found.push_back({after.one(), key.second, key.first, before.one()});
  }
  return found;
}

}  // namespace assay::projections
