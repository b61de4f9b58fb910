#include <algorithm>

#include "projections/register/judge.hpp"
#include "projections/register/register.hpp"

namespace assay::projections {
namespace {

using verify::Resting;
using verify::RestsOn;

class Collected {
 public:
  explicit Collected(std::span<const std::uint64_t> entries) : entries_(entries) {}

  void take(const EventId& id, const Decision& decision) {
    const auto add = [&](const EventId& by, RestsOn how) {
      found.push_back({id, decision.type.text, decision.subject, by, how});
    };
    if (holds(id)) add(id, RestsOn::said);
    for (const Voice& voice : decision.endorsements) {
      if (!holds(voice.event)) continue;
      if (!decision.effective) {
        add(voice.event, RestsOn::waiting);
      } else if (counted(decision, voice)) {
        add(voice.event, RestsOn::endorsed);
      }
    }
    for (const Voice& voice : decision.dissents) {
      if (holds(voice.event)) add(voice.event, RestsOn::dissent);
    }
  }
  void take(const Hash& key, const RegisteredKey& registered) {
    if (!holds(registered.registered)) return;
    found.push_back({registered.registered, std::string(events::KeyRegistered::kType),
                     subject_of(Kind::key, key.hex()), registered.registered, RestsOn::said});
  }

  std::vector<Resting> found;

 private:
  [[nodiscard]] bool holds(const EventId& id) const {
    return std::ranges::binary_search(entries_, id.entry);
  }
  /// Whether the voice may have been one that it took. Of those for a threshold, every root's voice
  /// until then counts here: whether it would have been reached without this one is not asked. What
  /// needed nobody is endorsed by whoever does so, at any time.
  static bool counted(const Decision& decision, const Voice& voice) {
    const EventType* const type = find_event_type(decision.type.text, decision.version);
    if (type == nullptr || !needs_voices(*type)) return true;
    if (type->signers.authority != Authority::root_threshold) {
      return voice.event == *decision.effective;
    }
    return voice.root && voice.event <= *decision.effective;
  }

  std::span<const std::uint64_t> entries_;
};

}  // namespace

std::vector<Resting> Register::resting_on(std::span<const std::uint64_t> entries) const {
  if (entries.empty()) return {};
  Collected collected(entries);
  for (const auto& [id, decision] : state_.decisions) collected.take(id, decision);
  for (const auto& [key, registered] : state_.keys) collected.take(key, registered);
  std::ranges::sort(collected.found);
  return std::move(collected.found);
}

}  // namespace assay::projections
