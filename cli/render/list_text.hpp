#pragma once

/// Lists of ids in a line of text. Thread word: pure.

#include <string>
#include <string_view>
#include <vector>

#include "ledger/format/values.hpp"

namespace assay::cli {

[[nodiscard]] inline std::string joined(const std::vector<Identifier>& ids,
                                        std::string_view separator = ", ") {
  std::string text;
  for (const Identifier& id : ids) text.append(text.empty() ? "" : separator).append(id.text);
  return text;
}

[[nodiscard]] inline std::string joined(const std::vector<EventId>& ids,
                                        std::string_view separator = ", ") {
  std::string text;
  for (const EventId& id : ids) text.append(text.empty() ? "" : separator).append(id.text());
  return text;
}

}  // namespace assay::cli
