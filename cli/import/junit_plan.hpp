#pragma once

/// What the first pass over a report hands to the second: what can only be known at the end of the
/// file. Plain values; lists are sorted by `element`, the place among all <testcase> elements.
/// Memory: 24 bytes for each case that is special in some way, none for the others.

#include <cstdint>
#include <vector>

#include "cli/import/junit_model.hpp"
#include "ledger/base/hash.hpp"

namespace assay::import {

/// What the whole file says of one case beyond the case's own element.
enum class CaseFate : std::uint8_t {
  ordinary,
  tap_skip,          ///< TAP in the suite's output: "# SKIP"
  tap_todo,          ///< TAP: "not ok … # TODO"
  tap_failed,        ///< TAP: "not ok"
  todo_by_count,     ///< jest's suite counts fewer tests than it holds: this one is a todo
  todo_guessed,      ///< likewise, but others could be meant as well
  phantom,           ///< node:test's empty suite, written as a case that passed
  suite_failure,     ///< Vitest's failed suite, written as a case beside its cases
  expected_failure,  ///< Boost counts it neither as failed nor as aborted
};

struct CaseException {
  std::uint64_t element = 0;
  CaseFate fate = CaseFate::ordinary;
};

/// Two elements of one test; results of `later` belong to `earlier`.
struct CaseMerge {
  std::uint64_t element = 0;  ///< the later one
  std::uint64_t earlier = 0;
};

/// One of several cases of the same identity: path of suites with their hosts, class and name.
struct CaseRepeat {
  std::uint64_t element = 0;
  std::uint64_t occurrence = 0;
  std::uint64_t occurrences = 1;
  bool conflicting = false;  ///< their verdicts differ
};

struct JunitPlan {
  JunitDialect dialect;
  JunitElements elements;
  std::vector<CaseException> exceptions;
  std::vector<CaseMerge> merges;
  std::vector<CaseRepeat> repeats;
  std::vector<JunitNote> cannot_tell;
  std::uint64_t size_bytes = 0;
  std::string sha256_hex;  ///< of the bytes; the second pass must read the same
  bool repaired = false;
};

}  // namespace assay::import
