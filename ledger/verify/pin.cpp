#include "ledger/verify/pin.hpp"

#include <algorithm>

#include "ledger/format/json_archive.hpp"
#include "ledger/format/note.hpp"

namespace assay::verify {
namespace {

struct StateRow {
  Hash digest;
  std::string name;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(name));
  }
};

struct PinFile {
  std::string checkpoint;
  Hash log;
  std::string schema;
  std::vector<StateRow> states;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(checkpoint), CEREAL_NVP(log), CEREAL_NVP(schema), CEREAL_NVP(states));
  }
};

}  // namespace

const Hash* Pin::digest_of(std::string_view name) const noexcept {
  const auto found = std::ranges::find(states, name, &NamedDigest::name);
  return found == states.end() ? nullptr : &found->digest;
}

Result<Pin> make_pin(std::string note, const Hash& log_id, std::vector<NamedDigest> states) {
  if (note.size() > kTextSizeBytes) {
    return fail(Errc::limit, "a checkpoint of " + std::to_string(note.size()) +
                                 " bytes; a pin holds one of at most 16384");
  }
  ASSAY_TRY(const Note parsed, parse_note(note));
  ASSAY_TRY(Checkpoint checkpoint, parse_checkpoint(parsed.text));
  std::ranges::sort(states);
  const auto twice = std::ranges::adjacent_find(states, {}, &NamedDigest::name);
  if (twice != states.end()) {
    return fail(Errc::malformed, "the state \"" + twice->name + "\" stands twice in the pin");
  }
  return Pin{std::move(note), std::move(checkpoint), log_id, std::move(states)};
}

std::string format_pin(const Pin& pin) {
  PinFile file{pin.note, pin.log_id, std::string(kPinSchema), {}};
  for (const NamedDigest& state : pin.states) file.states.push_back({state.digest, state.name});
  return to_canonical(file) + "\n";
}

Result<Pin> parse_pin(std::string_view text) {
  if (!text.ends_with('\n')) return fail(Errc::malformed, "a pin ends in one newline");
  text.remove_suffix(1);
  ASSAY_TRY(PinFile file, from_canonical<PinFile>(text));
  if (file.schema != kPinSchema) {
    return fail(Errc::unsupported, "a pin of schema \"" + file.schema + "\"; this build reads " +
                                       std::string(kPinSchema));
  }
  if (!std::ranges::is_sorted(file.states, {}, &StateRow::name)) {
    return fail(Errc::malformed, "the states of a pin are sorted by name");
  }
  std::vector<NamedDigest> states;
  for (StateRow& row : file.states) states.push_back({std::move(row.name), row.digest});
  return make_pin(std::move(file.checkpoint), file.log, std::move(states));
}

Result<VerifierState> state_of(const Pin& pin, std::string_view snapshot) {
  const Hash* const expected = pin.digest_of(kVerifierStateName);
  if (expected == nullptr) {
    return fail(Errc::not_found, "the pin states no digest of a verifier's state");
  }
  ASSAY_TRY(VerifierState state, decode_state(snapshot, *expected));
  ASSAY_TRY(const merkle::CompactRange range, range_of(state));
  // Both come from the same hands, so a difference is a pin put together from two runs.
  if (range.head() != pin.checkpoint.head() || state.log_id != pin.log_id) {
    return fail(Errc::state_mismatch,
                "the verifier's snapshot is of " + std::to_string(state.size) +
                    " entries with root " + range.root().hex() + "; the pin's checkpoint states " +
                    std::to_string(pin.checkpoint.size) + " with " + pin.checkpoint.root.hex(),
                "start without it: a full run needs no snapshot");
  }
  return state;
}

}  // namespace assay::verify
