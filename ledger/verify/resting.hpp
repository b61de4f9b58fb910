#pragma once

/// A conclusion of the log that rests on an entry of a compromised key. Thread word: plain value.

#include <string>

#include "ledger/format/values.hpp"

namespace assay::verify {

enum class RestsOn : std::uint8_t {
  said,      ///< the entry holds the event itself
  endorsed,  ///< it holds a voice for the event, among those that came until it took effect
  waiting,   ///< it holds a voice for an event that is not in effect
  dissent,   ///< it holds a voice against the event
};

struct Resting {
  EventId event;        ///< a decision, an event that others must endorse, or a key's registration
  std::string type;     ///< of the event
  std::string subject;  ///< of the event
  EventId by;           ///< what stands in the tainted entry: the event itself, or the voice
  RestsOn how = RestsOn::said;
  auto operator<=>(const Resting&) const = default;
};

}  // namespace assay::verify
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<verify::RestsOn>[] = {"said", "endorsed", "waiting",
                                                                   "dissent"};
}  // namespace assay
