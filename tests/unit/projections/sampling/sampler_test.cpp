// The sample: reproducible with sha256sum, and honest about what it leaves open.

#include "projections/sampling/sampler.hpp"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

using namespace assay;
using namespace assay::projections;

namespace {

const std::vector<std::string> kMembers{"41.0", "41.1", "42.0", "43.0"};

SeedParts parts() {
  SeedParts parts;
  parts.dice = "4-1-6-6-2";
  parts.population = population_digest(kMembers);
  parts.population_name = "results";
  parts.size = 44;
  return parts;
}

/// The chance that `drawn` of `population` miss all `bad` ones, factor by factor.
double chance_of_missing(std::uint64_t population, std::uint64_t drawn, std::uint64_t bad) {
  double chance = 1;
  for (std::uint64_t i = 0; i < drawn; ++i) {
    if (bad + i >= population) return 0;
    chance *= static_cast<double>(population - bad - i) / static_cast<double>(population - i);
  }
  return chance;
}

}  // namespace

TEST_CASE("seed and tickets are what sha256sum says of their texts") {
  CHECK(population_digest(kMembers) == sha256("41.0\n41.1\n42.0\n43.0\n"));
  const Hash seed = seed_of(parts());
  CHECK(seed == sha256(R"({"dice":"4-1-6-6-2","population":")" + population_digest(kMembers).hex() +
                       R"(","population_name":"results",)" + R"("root":")" + std::string(64, '0') +
                       R"(","size":44})"));
  CHECK(ticket_of(seed, "42.0") == sha256(seed.hex() + ",42.0"));
}

TEST_CASE("the lowest tickets are drawn, and never more than there are members") {
  const Hash seed = seed_of(parts());
  const std::vector<Ticket> all = draw(seed, kMembers, 10);
  REQUIRE(all.size() == kMembers.size());
  CHECK(std::ranges::is_sorted(all, {}, &Ticket::ticket));
  const std::vector<Ticket> two = draw(seed, kMembers, 2);
  REQUIRE(two.size() == 2);
  CHECK(two[0].member == all[0].member);
  CHECK(two[1].member == all[1].member);
  CHECK(draw(seed, kMembers, 0).empty());
}

TEST_CASE("other dice, another root or another population draw from another seed") {
  SeedParts other = parts();
  other.dice = "4-1-6-6-3";
  CHECK(seed_of(other) != seed_of(parts()));
  other = parts();
  other.root = sha256("another");
  CHECK(seed_of(other) != seed_of(parts()));
  other = parts();
  other.population = population_digest({"41.0"});
  CHECK(seed_of(other) != seed_of(parts()));
}

TEST_CASE("the bound is the largest number that would still be missed one time in twenty") {
  for (std::uint64_t population = 1; population <= 60; ++population) {
    for (std::uint64_t drawn = 0; drawn <= population; ++drawn) {
      const std::uint64_t bound = missed_at_most(population, drawn);
      INFO(population << " " << drawn << " " << bound);
      CHECK(chance_of_missing(population, drawn, bound) >= 0.05 - 1e-12);
      if (bound < population) {
        CHECK(chance_of_missing(population, drawn, bound + 1) < 0.05 + 1e-12);
      }
    }
  }
  CHECK(missed_at_most(100'000, 59) == 4'949);
}

TEST_CASE("the sample for a bound is the smallest that has it") {
  for (std::uint64_t population = 1; population <= 60; ++population) {
    for (std::uint64_t bad = 0; bad <= population; ++bad) {
      const std::uint64_t drawn = drawn_to_miss_at_most(population, bad);
      INFO(population << " " << bad << " " << drawn);
      CHECK(missed_at_most(population, drawn) <= bad);
      if (drawn > 0) CHECK(missed_at_most(population, drawn - 1) > bad);
    }
  }
  CHECK(drawn_to_miss_at_most(100'000, 4'999) == 59);
}

TEST_CASE("the worked example of docs/sampling.md is drawn by this program too") {
  const std::vector<std::string> members{"41.0", "41.1", "41.2", "42.0", "42.1", "43.0"};
  SeedParts parts;
  parts.dice = "4-1-6-6-2-3-1-5-5-2";
  parts.population = population_digest(members);
  parts.population_name = "results";
  parts.root = sha256("an invented root");
  parts.size = 44;
  std::ifstream page(ASSAY_SOURCE_DIR "/docs/sampling.md");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  const auto says = [&](const std::string& line) { return text.find(line + "\n") != text.npos; };
  CHECK(says("population " + parts.population.hex()));
  CHECK(says("seed       " + seed_of(parts).hex()));
  std::string drawn;
  for (const Ticket& ticket : draw(seed_of(parts), members, 3)) {
    drawn.append(ticket.ticket.hex()).append("  ").append(ticket.member).append("\n");
  }
  CHECK(text.find(drawn + "```") != text.npos);
}
