#pragma once

/// A sample that nobody could choose alone, and that anybody can draw again with a pencil and
/// `sha256sum` (docs/sampling.md).
///
/// The population is committed to first: by the root of the log, and by the digest of the list of
/// its members. Only then is the seed completed, with what nobody knew before: cosignatures, or
/// dice read out in the meeting. Each member has a ticket, the SHA-256 of the seed and its name;
/// the lowest tickets are drawn. Pure; thread word: plain values.

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/format/archive_traits.hpp"

namespace assay::projections {

/// What the seed is made of, in canonical JSON.
struct SeedParts {
  std::optional<std::vector<std::string>> cosignatures;  ///< their lines, ascending
  std::optional<std::string> dice;                       ///< as read out
  Hash population;  ///< digest of the members' names, each followed by a line feed
  Identifier population_name;
  Hash root;  ///< of the log at `size`
  std::uint64_t size = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cosignatures), CEREAL_NVP(dice), CEREAL_NVP(population),
            CEREAL_NVP(population_name), CEREAL_NVP(root), CEREAL_NVP(size));
  }
};

/// SHA-256 of the parts' canonical form.
[[nodiscard]] Hash seed_of(const SeedParts& parts);

/// SHA-256 of all names in their order, each followed by a line feed: `sha256sum` of the list.
[[nodiscard]] Hash population_digest(const std::vector<std::string>& members);

struct Ticket {
  std::string member;
  Hash ticket;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(member), CEREAL_NVP(ticket));
  }
};

/// `printf '%s,%s' SEED MEMBER | sha256sum`, the seed in hexadecimal.
[[nodiscard]] Hash ticket_of(const Hash& seed, const std::string& member);

/// The `count` members with the lowest tickets, lowest first; all of them where there are fewer.
/// Members are distinct.
[[nodiscard]] std::vector<Ticket> draw(const Hash& seed, const std::vector<std::string>& members,
                                       std::uint64_t count);

/// The largest number of bad members that a sample of `drawn` out of `population`, all found good,
/// would still miss with a probability of 5 % or more. One more is excluded with 95 % confidence.
/// `drawn` <= `population`.
[[nodiscard]] std::uint64_t missed_at_most(std::uint64_t population, std::uint64_t drawn);

/// The smallest sample of which missed_at_most says no more than `bad`. `bad` <= `population`.
[[nodiscard]] std::uint64_t drawn_to_miss_at_most(std::uint64_t population, std::uint64_t bad);

}  // namespace assay::projections
