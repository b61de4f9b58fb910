#pragma once

/// Gathers notes: equal sentences become one with a count, and of very many different sentences of
/// one kind only the first are kept. Thread-compatible.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/junit_model.hpp"

namespace assay::import {

class JunitNotes {
 public:
  /// `code` must be a literal. At most kSentencesPerCode sentences of a code are kept; the rest are
  /// counted in one further note.
  void add(std::string_view code, std::string sentence, const Position& at,
           std::uint64_t count = 1);
  /// In order of first appearance.
  [[nodiscard]] std::vector<JunitNote> take();

 private:
  struct Kept {
    std::vector<std::size_t> notes;  ///< places in notes_
    std::size_t further = 0;         ///< place in notes_ of "and more", plus one
  };
  std::vector<JunitNote> notes_;
  std::map<std::string_view, Kept> by_code_;
};

}  // namespace assay::import
