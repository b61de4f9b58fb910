#include "ledger/verify/verdicts.hpp"

namespace assay::verify {
namespace {

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

/// What is proved of a claim that nothing was held against. Empty where nothing was looked at.
class Proved {
 public:
  explicit Proved(const RunFacts& facts)
      : facts_(facts),
        entries_(counted(facts.checked.entries, "entry", "entries")),
        since_(facts.start_size == 0
                   ? std::string()
                   : " since entry " + std::to_string(facts.start_size) +
                         "; the ones before were proved by the run that made the pin") {}

  [[nodiscard]] std::string sentence(Claim claim) const {
    switch (claim) {
      case Claim::canonical_bytes:
        return entries_ + " in canonical form, each at the place it says" + since_;
      case Claim::chain: return entries_ + ", each naming the hash of the one before" + since_;
      case Claim::tree: return tree();
      case Claim::log_signature: return checkpoints("the signature of the log's key");
      case Claim::author_signatures:
        return counted(facts_.checked.signatures, "signature", "signatures") +
               " by the keys that the log itself introduced" + since_;
      case Claim::author_streams:
        return entries_ + ", each the next of its author's own count" + since_;
      case Claim::authority:
        return refolded("every author might say what they said, when they said it");
      case Claim::invariants: return refolded("every event satisfies its hard invariants");
      case Claim::time_order: return "the log's own times never go back" + since_;
      case Claim::evidence_files: return evidence();
      case Claim::projections:
        return facts_.digests_compared == 0
                   ? std::string()
                   : counted(facts_.digests_compared, "digest", "digests") +
                         " of refolded states, as they were stated";
      case Claim::pin:
        return facts_.pin_size ? "the log extends the pinned checkpoint of " +
                                     counted(*facts_.pin_size, "entry", "entries")
                               : std::string();
      case Claim::witness_quorum:
        if (facts_.policy_answer) {
          return facts_.policy_answer->met ? sentence_of(*facts_.policy_answer) : std::string();
        }
        return facts_.witness_quorum > 0 && facts_.witnesses_found >= facts_.witness_quorum
                   ? counted(facts_.witnesses_found, "witness", "witnesses") +
                         " cosigned the last checkpoint; " + std::to_string(facts_.witness_quorum) +
                         " would do"
                   : std::string();
      case Claim::indexes:
        return facts_.has_indexes ? "every index agrees with the entries" : std::string();
      case Claim::identity:
        return facts_.identity_bytes == Hash::kSizeBytes
                   ? "this is the log that was meant: " + facts_.words
                   : std::string();
    }
    return {};
  }

  /// Why nothing was looked at.
  [[nodiscard]] std::string missing(Claim claim) const {
    switch (claim) {
      case Claim::tree:
      case Claim::log_signature: return "there is no checkpoint that the log's key signed";
      case Claim::authority:
      case Claim::invariants:
        return facts_.refolded ? "there are no entries" : "the log was not refolded in this run";
      case Claim::evidence_files:
        return facts_.evidence_asked ? "there are no entries"
                                     : "evidence files were not asked for in this run";
      case Claim::projections: return "nobody states a digest at a size that this run refolded";
      case Claim::pin: return "no pin was given";
      case Claim::witness_quorum: return witnesses();
      case Claim::indexes:
        return facts_.indexes_asked ? "this source has no indexes"
                                    : "indexes were not asked for in this run";
      default: return "there are no entries";
    }
  }

 private:
  [[nodiscard]] std::string checkpoints(std::string_view what) const {
    if (facts_.checked.checkpoints == 0) return {};
    return counted(facts_.checked.checkpoints, "checkpoint has ", "checkpoints have ") +
           std::string(what);
  }
  [[nodiscard]] std::string tree() const {
    const std::string found = checkpoints("the root of the entries");
    if (found.empty() || facts_.covered_size == 0) return found;
    return found + ", the last that of the first " + std::to_string(facts_.covered_size);
  }
  [[nodiscard]] std::string refolded(std::string_view what) const {
    const bool any = facts_.checked.entries > 0 || facts_.start_size > 0;
    return facts_.refolded && any ? std::string(what) + since_ : std::string();
  }
  [[nodiscard]] std::string evidence() const {
    if (!facts_.evidence_asked) return {};
    return facts_.checked.evidence_files == 0
               ? std::string("no evidence file is named")
               : counted(facts_.checked.evidence_files, "evidence file has its digest",
                         "evidence files have their digests");
  }
  [[nodiscard]] std::string witnesses() const {
    if (facts_.policy_answer) return sentence_of(*facts_.policy_answer);
    if (facts_.witness_quorum == 0) return "no witnesses were named to this run";
    return std::to_string(facts_.witness_quorum) + " witnesses are needed; " +
           counted(facts_.witnesses_found, "one that was named has cosigned",
                   "of those named have cosigned");
  }

  const RunFacts& facts_;
  std::string entries_;
  std::string since_;
};

std::string more(std::uint64_t count) {
  return count > 1 ? " (and " + std::to_string(count - 1) + " more)" : std::string();
}

bool over_entries(Claim claim) {
  switch (claim) {
    case Claim::canonical_bytes:
    case Claim::chain:
    case Claim::author_signatures:
    case Claim::author_streams:
    case Claim::time_order:
    case Claim::evidence_files: return true;
    default: return false;
  }
}

/// Whether what is open of a claim stands beside something that was checked.
bool checked_in_part(Claim claim, const RunFacts& facts) {
  return (claim == Claim::evidence_files && facts.checked.evidence_files > 0) ||
         (claim == Claim::tree && facts.covered_size > 0) ||
         (claim == Claim::projections && facts.digests_compared > 0);
}

/// What a good answer still rests on; empty where it rests on nothing.
std::string assumption(Claim claim, const RunFacts& facts) {
  if (claim == Claim::identity && facts.identity_bytes < Hash::kSizeBytes && !facts.words.empty()) {
    const std::string began = "this is the log that began as " + facts.words;
    if (facts.identity_bytes == 0) return began;
    return began + ", as you were given; those are " + std::to_string(facts.identity_bytes) +
           " of its id's 32 bytes, and whoever made this log may have made another that begins so";
  }
  if (claim == Claim::pin && facts.pin_words_size) {
    return "the log extends the head of " + counted(*facts.pin_words_size, "entry", "entries") +
           " whose words you were given; twelve words are 96 bits, and whoever made this log may "
           "have made another head that has them";
  }
  if (claim == Claim::log_signature && facts.log_key_count > 1 && !facts.log_key_history &&
      facts.checked.checkpoints > 0) {
    return "each of the log's " + std::to_string(facts.log_key_count) +
           " keys signed only while it was in force; without a refold, only that they had been "
           "committed to was checked";
  }
  return {};
}

}  // namespace

ClaimWords words_for(Claim claim, const RunFacts& facts) {
  const Proved proved(facts);
  const bool nothing_read = facts.checked.entries == 0 && facts.start_size == 0;
  return {nothing_read && over_entries(claim) ? std::string() : proved.sentence(claim),
          proved.missing(claim), assumption(claim, facts), checked_in_part(claim, facts)};
}

ClaimReport conclude_claim(Claim claim, const ClaimBook& book, const ClaimWords& words) {
  ClaimReport report;
  report.claim = claim;
  const ClaimBook::Page& page = book.page(claim);
  if (page.failed_count > 0) {
    report.verdict = Verdict::failed;
    report.sentence = page.first->error.message + more(page.failed_count);
    report.first = page.first;
    report.objection_count = page.failed_count;
    report.exit_code = page.exit_code;
  } else if (page.open_count > 0) {
    report.sentence = page.open + more(page.open_count);
    if (words.in_part) report.sentence = words.proved + "; not checked: " + report.sentence;
    report.could_not_look = page.could_not_look;
  } else if (!words.assumed.empty()) {
    report.verdict = Verdict::assumed;
    report.sentence = words.assumed;
  } else if (!words.proved.empty()) {
    report.verdict = Verdict::proved;
    report.sentence = words.proved;
  } else {
    report.sentence = words.missing;
  }
  return report;
}

std::array<ClaimReport, kClaims> conclude(const ClaimBook& book, const RunFacts& facts) {
  std::array<ClaimReport, kClaims> claims;
  for (std::size_t i = 0; i < kClaims; ++i) {
    const auto claim = static_cast<Claim>(i);
    claims[i] = conclude_claim(claim, book, words_for(claim, facts));
  }
  return claims;
}

}  // namespace assay::verify
