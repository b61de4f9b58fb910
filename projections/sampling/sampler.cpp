#include "projections/sampling/sampler.hpp"

#include <algorithm>
#include <cmath>

#include "ledger/format/json_archive.hpp"

namespace assay::projections {

Hash seed_of(const SeedParts& parts) { return sha256(to_canonical(parts)); }

Hash population_digest(const std::vector<std::string>& members) {
  std::string list;
  for (const std::string& member : members) list.append(member).append("\n");
  return sha256(list);
}

Hash ticket_of(const Hash& seed, const std::string& member) {
  return sha256(seed.hex() + "," + member);
}

std::vector<Ticket> draw(const Hash& seed, const std::vector<std::string>& members,
                         std::uint64_t count) {
  std::vector<Ticket> tickets;
  tickets.reserve(members.size());
  for (const std::string& member : members) tickets.push_back({member, ticket_of(seed, member)});
  const auto end =
      tickets.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(count, tickets.size()));
  std::ranges::partial_sort(tickets, end, {}, &Ticket::ticket);
  tickets.erase(end, tickets.end());
  return tickets;
}

namespace {

/// The logarithm of the chance that a sample misses `bad` bad members: of (N-D choose n) over
/// (N choose n), whichever way takes fewer factors.
double log_of_missing(std::uint64_t population, std::uint64_t drawn, std::uint64_t bad) {
  if (drawn + bad > population) return -INFINITY;
  double log = 0;
  for (std::uint64_t i = 0; i < std::min(drawn, bad); ++i) {
    const auto left = static_cast<double>(population - std::max(drawn, bad) - i);
    log += std::log(left / static_cast<double>(population - i));
  }
  return log;
}

}  // namespace

std::uint64_t missed_at_most(std::uint64_t population, std::uint64_t drawn) {
  const double limit = std::log(0.05);
  std::uint64_t low = 0;                        // is missed often enough
  std::uint64_t high = population - drawn + 1;  // is never missed
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (log_of_missing(population, drawn, middle) >= limit ? low : high) = middle;
  }
  return low;
}

std::uint64_t drawn_to_miss_at_most(std::uint64_t population, std::uint64_t bad) {
  std::uint64_t low = 0;            // as few as may be enough
  std::uint64_t high = population;  // is enough: all of them are looked at
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (missed_at_most(population, middle) <= bad) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace assay::projections
