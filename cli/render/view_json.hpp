#pragma once

/// Views as the JSON that their fields say. Pure; throws nothing beyond bad_alloc.

#include <vector>

#include "cli/output.hpp"
#include "ledger/format/json_archive.hpp"

namespace assay::cli {

template <class View>
[[nodiscard]] Json view_json(const View& view) {
  return Json::parse(to_canonical(view));
}
template <class View>
[[nodiscard]] Json views_json(const std::vector<View>& views) {
  Json all = Json::array();
  for (const View& view : views) all.push_back(view_json(view));
  return all;
}

}  // namespace assay::cli
