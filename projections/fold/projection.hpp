#pragma once

/// What every projection is: a pure, total, deterministic fold of events into a state.
///
///   struct Board {
///     static constexpr std::string_view kName = "board";
///     static constexpr std::uint64_t kVersion = 1;   // raised when the meaning of the state
///     changes void apply(const RecordedEvent& event, Stage stage); template <class Archive> void
///     serialize(Archive& archive);   // fields once, for every archive
///   };
///
/// Integers and ordered containers only, no time but the log's. The SHA-256 of the state's
/// canonical JSON is its *state digest*; its bounded binary form is its snapshot.

#include <string>

#include "ledger/format/binary_archive.hpp"
#include "ledger/format/json_archive.hpp"
#include "ledger/format/schema_archive.hpp"
#include "projections/fold/recorded_event.hpp"

namespace assay::projections {

enum class Stage : std::uint8_t {
  in_effect,         ///< recorded, and in effect with its own entry
  awaiting_voices,   ///< recorded; takes effect once others have endorsed it
  became_effective,  ///< recorded earlier; its last voice came with the present entry
};

struct StateDigest {
  Hash digest;
  Identifier name;
  std::uint64_t version = 1;
  auto operator<=>(const StateDigest&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(name), CEREAL_NVP(version));
  }
};

template <class State>
[[nodiscard]] Hash state_digest(const State& state) {
  return sha256(to_canonical(state));
}

/// Names the shape of a state; a snapshot of another shape is discarded and refolded.
template <class State>
[[nodiscard]] Hash state_shape() {
  static const Hash kShape = sha256(SchemaWriter::of<State>());
  return kShape;
}

}  // namespace assay::projections
