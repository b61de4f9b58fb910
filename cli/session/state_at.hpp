#pragma once

/// The states at a point of the log, for commands that show them, and what every such answer says
/// of its basis: size, state digests, events that this program does not know.
/// Thread word: thread-compatible.

#include "cli/session/at_point.hpp"
#include "ledger/format/json_archive.hpp"

namespace assay::cli {

class StateAt {
 public:
  /// Opens the ledger, folds to the point that `at` names, and writes the basis into the answer.
  /// Errors: those of LedgerSession::read and size_at.
  [[nodiscard]] static Result<StateAt> open(Run& run, const std::string& at);

  [[nodiscard]] const projections::ProgrammeFold& fold() const {
    return earlier_ ? *earlier_ : session_.fold();
  }
  [[nodiscard]] projections::Facts facts() const { return fold().facts(); }

 private:
  explicit StateAt(LedgerSession session) : session_(std::move(session)) {}

  LedgerSession session_;
  std::optional<projections::ProgrammeFold> earlier_;
};

/// A view as the JSON that its fields say.
template <class View>
[[nodiscard]] Json view_json(const View& view) {
  return Json::parse(to_canonical(view));
}
template <class View>
[[nodiscard]] Json views_json(const std::vector<View>& views) {
  Json list = Json::array();
  for (const View& view : views) list.push_back(view_json(view));
  return list;
}

}  // namespace assay::cli
