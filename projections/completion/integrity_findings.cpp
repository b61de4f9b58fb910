// The log itself: K-UNWIT, K-VIEW, K-FAIL, K-CLOCK, K-CORR, K-TAINT.

#include "projections/completion/completion_findings.hpp"
#include "projections/completion/quorum.hpp"
#include "projections/completion/waivers.hpp"
#include "projections/completion/witnessing.hpp"
#include "projections/register/register.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

class IntegrityFinder {
 public:
  IntegrityFinder(const Facts& now, Findings& findings) : now_(now), findings_(findings) {}

  void find() {
    find_unwitnessed();
    find_failed();
    find_clocks();
    find_corrections();
    find_tainted();
  }

 private:
  void add(const char* rule, std::string subject, std::vector<EventId> events,
           std::string sentence) {
    Finding finding;
    finding.rule = rule;
    finding.events = std::move(events);
    finding.subject = std::move(subject);
    finding.sentence = std::move(sentence);
    findings_.add(std::move(finding));
  }

  void find_unwitnessed() {
    const WitnessView view = view_witnesses(now_);
    if (view.verdict == events::Verdict::not_met) {
      // Where there is none, it is the log from its first event on.
      add("K-UNWIT", "log/checkpoint", {view.witnessed_event.value_or(EventId{})},
          say("Only ", view.text, "; the policy asks for no more than ", view.age_hours_max,
              " hours."));
    }
    for (const std::uint64_t size : view.split) {
      std::vector<EventId> events;
      for (const Cosignature& cosignature : now_.completion.cosignatures.at(size)) {
        events.push_back(cosignature.mark.event);
      }
      add("K-VIEW", "log/checkpoint", std::move(events),
          say("Witnesses saw different roots of the log at size ", size, "."));
    }
  }

  /// Until somebody finds nothing that failed at the same size or a larger one.
  void find_failed() {
    const auto& all = now_.completion.verifications;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].result != events::VerificationResult::failed) continue;
      bool settled = false;
      for (std::size_t later = i + 1; later < all.size(); ++later) {
        settled |= all[later].result == events::VerificationResult::nothing_failed &&
                   all[later].head.size >= all[i].head.size;
      }
      if (settled) continue;
      add("K-FAIL", "log/verification", {all[i].mark.event},
          say(all[i].mark.party, " verified the first ", all[i].head.size,
              " entries, and something failed."));
    }
  }

  void find_clocks() {
    for (const auto& [source, clock] : now_.completion.clocks) {
      if (clock.worst_ms == 0) continue;
      add("K-CLOCK", "log/clock", {clock.worst_event},
          say("Against ", source, " the log's clock was off by up to ", clock.worst_ms,
              " ms (positive: ahead), last by ", clock.last_ms, " ms."));
    }
    const Tally& resets = now_.completion.clock_resets;
    if (resets.count == 0) return;
    add("K-CLOCK", "log/clock", {resets.first, resets.last},
        say("The log's clock was reset ", resets.count,
            " times; times before and after do not compare."));
  }

  void find_corrections() {
    for (const Correction& correction : now_.completion.corrections) {
      const Mark& mark = correction.mark;
      if (has_other_party(now_, mark.event, std::nullopt, mark.party)) continue;
      add("K-CORR", subject_of(Kind::decision, correction.target.text()),
          {correction.target, mark.event},
          say(mark.party, " says that ", correction.field, " of event ", correction.target,
              " was wrong; nobody else has confirmed it."));
    }
  }

  /// Decisions and voices of each key from the point on at which it was compromised.
  void find_tainted() {
    std::map<Hash, std::vector<EventId>> tainted;
    for (const auto& [event, speaker] : now_.completion.speakers) {
      if (is_tainted(now_, speaker.key, speaker.recorded_at)) tainted[speaker.key].push_back(event);
    }
    for (auto& [key, events] : tainted) {
      const RegisteredKey& registered = now_.programme.state().keys.at(key);
      const std::size_t count = events.size();
      add("K-TAINT", subject_of(Kind::key, key.hex()), std::move(events),
          say(count, " decisions and voices were signed by the key of ", registered.holder, " (",
              registered.party, ") after ", *registered.compromised_since,
              ", since when it was compromised."));
    }
  }

  const Facts& now_;
  Findings& findings_;
};

}  // namespace

void find_integrity_findings(const Facts& now, Findings& findings) {
  IntegrityFinder(now, findings).find();
}

}  // namespace assay::projections
