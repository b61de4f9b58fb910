#include "ledger/verify/partial_verdicts.hpp"

namespace assay::verify {
namespace {

std::string how_many(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

class PartialWords {
 public:
  explicit PartialWords(const PartialFacts& facts)
      : facts_(facts),
        entries_(how_many(facts.run.checked.entries, "entry", "entries")),
        takes_all_("takes all " + how_many(facts.size, "entry", "entries") +
                   " of the log, of which this bundle has " +
                   std::to_string(facts.run.checked.entries)) {}

  [[nodiscard]] ClaimWords of(Claim claim) const {
    ClaimWords words = words_for(claim, facts_.run);
    switch (claim) {
      case Claim::canonical_bytes:
        words.proved = if_read(entries_ + " in canonical form, each at the place it says");
        break;
      case Claim::chain:
        words.proved = facts_.links_checked == 0
                           ? std::string()
                           : how_many(facts_.links_checked, "entry names", "entries name") +
                                 " the hash of the one before, which is here";
        words.missing = "no two entries of this bundle follow each other";
        words.in_part = facts_.links_checked > 0;
        break;
      case Claim::tree:
        words.proved = facts_.run.covered_size == 0 || facts_.run.checked.entries == 0
                           ? std::string()
                           : "each of " + entries_ + " is under the checkpoint of the first " +
                                 std::to_string(facts_.size);
        words.in_part = false;
        break;
      case Claim::author_streams:
        words.proved.clear();
        words.missing =
            "those here do not contradict each other; that no submission is missing " + takes_all_;
        break;
      case Claim::time_order:
        words.proved = if_read("the times of " + entries_ + " never go back");
        break;
      case Claim::authority: words.missing = "who might say what " + takes_all_; break;
      case Claim::invariants:
        words.missing = "whether each event might follow those before it " + takes_all_;
        break;
      case Claim::projections: words.missing = "what the events come to " + takes_all_; break;
      case Claim::indexes: words.missing = "a bundle has no indexes"; break;
      default: break;
    }
    return words;
  }

 private:
  [[nodiscard]] std::string if_read(std::string sentence) const {
    return facts_.run.checked.entries == 0 ? std::string() : std::move(sentence);
  }

  const PartialFacts& facts_;
  std::string entries_;
  std::string takes_all_;
};

}  // namespace

std::array<ClaimReport, kClaims> conclude_partial(const ClaimBook& book,
                                                  const PartialFacts& facts) {
  std::array<ClaimReport, kClaims> claims;
  const PartialWords words(facts);
  for (std::size_t i = 0; i < kClaims; ++i) {
    const auto claim = static_cast<Claim>(i);
    claims[i] = conclude_claim(claim, book, words.of(claim));
  }
  return claims;
}

}  // namespace assay::verify
