#pragma once

/// The rulebook as it would be under a supposition: policies taken as if they had been in force
/// from the beginning, and threshold policies counted in another way. Nothing is recorded; what
/// stands in the log stays there. Pure.
///
/// A supposed policy takes the place of those of its kind whose scope is its own or lies within it.
/// Of the others, a more specific one is taken before it, as in the log; one that is as specific is
/// not.

#include "projections/rulebook/rulebook.hpp"
#include "projections/supposition/reading.hpp"

namespace assay::projections {

struct SupposedPolicy {
  events::PolicyBody body;
  Identifier policy;
  events::PolicyScope scope;
  std::uint64_t version = 1;
};

struct Supposition {
  SupposedCounting counting{};
  std::optional<std::uint64_t> downgrades_ignored_hours{};  ///< before each point of judgement
  std::vector<SupposedPolicy> policies{};
};

struct SupposedRulebook {
  Rulebook rulebook;
  std::vector<std::string> set_aside;   ///< "AUDIT version 2", each once, in the order of names
  std::vector<std::string> kept;        ///< of the same kinds, and not set aside
  std::vector<std::string> unreadable;  ///< threshold policies that cannot be read as supposed
};

[[nodiscard]] SupposedRulebook suppose(const Rulebook& rulebook, const Supposition& supposition);

}  // namespace assay::projections
