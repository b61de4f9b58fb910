#pragma once

/// What a report shows of the tool that wrote it, and the tool that follows from it. Pure; the
/// clues are a few hundred bytes whatever the size of the report. File names are no clue.
///
/// Tools write their attributes in an order of their own, the same in every report, so the order in
/// the first tags is the best mark that most of them leave.

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "cli/import/junit_model.hpp"
#include "cli/import/xml_reader.hpp"

namespace assay::import {

/// The totals that node:test leaves as comments behind the last result.
struct NodeTotals {
  std::optional<std::uint64_t> tests;
  std::optional<std::uint64_t> suites;
  std::optional<std::uint64_t> pass;
  std::optional<std::uint64_t> fail;
  std::optional<std::uint64_t> cancelled;

  [[nodiscard]] bool complete() const noexcept {
    return tests && suites && pass && fail && cancelled;
  }
};

class JunitClues {
 public:
  void note_tag(std::string_view name, std::span<const XmlAttribute> attributes);
  void note_case(const JunitCase& found);
  void note_comment(std::string_view text);
  /// The cases of a suite stand in TAP text within the suite's output.
  void note_tap() { marks_.insert("tap"); }

  /// The names of the attributes of the first tag of that name, in order, parted by blanks.
  [[nodiscard]] const std::string& root() const noexcept { return root_; }
  [[nodiscard]] const std::string& suite() const noexcept { return suite_; }
  [[nodiscard]] const std::string& first_case() const noexcept { return case_; }
  [[nodiscard]] const std::string& root_name() const noexcept { return root_name_; }
  [[nodiscard]] const std::string& suite_name() const noexcept { return suite_name_; }
  [[nodiscard]] bool root_is_container() const noexcept { return root_is_container_; }
  /// Small things that only some tools write: "go.version", "hostname=tbd", "pytest".
  [[nodiscard]] bool has(std::string_view mark) const { return marks_.contains(mark); }
  [[nodiscard]] const NodeTotals& node() const noexcept { return node_; }

  /// "generic" where nothing fits.
  [[nodiscard]] JunitDialect dialect() const;

 private:
  bool root_seen_ = false;
  bool root_is_container_ = false;
  bool suite_seen_ = false;
  bool case_seen_ = false;
  std::string root_;
  std::string root_name_;
  std::string suite_;
  std::string suite_name_;
  std::string case_;
  std::set<std::string, std::less<>> marks_;
  NodeTotals node_;
};

}  // namespace assay::import
