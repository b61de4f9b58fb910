#pragma once

/// Every event type that this build knows, in one list. Adding a type is: a struct with its fields,
/// signers and invariants in one of the headers below, one line in event_data.hpp, and a golden
/// vector. A new version of a type is a new struct beside the old one: stored bytes never change
/// meaning. Thread word: plain values and pure functions.

#include "ledger/events/event_data.hpp"
#include "ledger/format/submission.hpp"

namespace assay {

/// What is known of a type without an event at hand.
struct EventType {
  std::string_view name;
  std::uint64_t version = 1;
  Signers signers;
  std::size_t index = 0;  ///< in EventData
  bool names_evidence = false;
  std::string (*schema)();  ///< JSON Schema of `data`
};

/// All types, in the order of EventData.
[[nodiscard]] const std::vector<EventType>& event_types();
/// Null for a type or version that this build does not know.
[[nodiscard]] const EventType* find_event_type(std::string_view name,
                                               std::uint64_t version) noexcept;

/// Decodes canonical `data` strictly. Errors: unsupported (type or version from a newer program,
/// with the nearest known name as a hint), malformed (member and byte offset), limit.
[[nodiscard]] Result<EventData> decode_event(std::string_view type, std::uint64_t version,
                                             std::string_view data);
/// As above, into an existing value, whose memory is used again where it is of the same type. After
/// an error `out` holds nothing that means anything.
[[nodiscard]] Status decode_event(const EventType& type, std::string_view data, EventData& out);

[[nodiscard]] const EventType& type_of(const EventData& data) noexcept;
[[nodiscard]] std::string subject_of(const EventData& data);
[[nodiscard]] std::string encode_data(const EventData& data);
/// The whole canonical event object.
[[nodiscard]] std::string encode_event(const EventData& data, const Timestamp& occurred_at);
/// Runs the type's own invariants.
void check_invariants(const EventData& data, Invariants& visitor);

/// Appends the digests of the evidence files that the event names: those that must lie beside the
/// log. A type that names some says which in `evidence_files`, next to its members; any other hash
/// in an event is of something else, or of something that is kept elsewhere.
void append_evidence_files(const EventData& data, std::vector<Hash>& files);

/// JSON Schema (2020-12) of a whole event of this type.
[[nodiscard]] std::string event_schema(const EventType& type);

}  // namespace assay
