#pragma once

/// Every event type that this build knows, in one list. Adding a type is: a struct with its fields,
/// signers and invariants in one of the headers below, one line here, and a golden vector.
/// A new version of a type is a new struct beside the old one: stored bytes never change meaning.
/// Thread word: plain values and pure functions.

#include <variant>

#include "ledger/events/documents.hpp"
#include "ledger/events/evidence.hpp"
#include "ledger/events/governance.hpp"
#include "ledger/events/issues.hpp"
#include "ledger/events/phases.hpp"
#include "ledger/events/programme.hpp"
#include "ledger/events/runs.hpp"
#include "ledger/format/submission.hpp"

namespace assay {

using EventData = std::variant<
    events::LedgerCreated, events::PartyRegistered, events::KeyRegistered, events::KeyRevoked,
    events::KeyRetired, events::RoleGranted, events::RoleWithdrawn, events::RootsChanged,
    events::LogKeyRotated, events::ClockReset, events::DecisionEndorsed, events::DecisionDissented,
    events::Heartbeat, events::ReleaseDeclared, events::GroupDeclared,
    events::DeviceModelRegistered, events::DmcDefined, events::PlannedEntryDeclared,
    events::PlannedEntryAmended, events::PlannedEntryWithdrawn, events::DocumentRegistered,
    events::DocumentPresented, events::DocumentPublished, events::DocumentSuperseded,
    events::TagPositionRecorded, events::PhasePlanned, events::TestCaseRegistered,
    events::ScopeItemsListed, events::ScopeBaselined, events::ScopeChanged,
    events::EnvironmentBaselined, events::BuildDeployed, events::EntryCriterionEvidenced,
    events::EntryDecided, events::PhaseStarted, events::PhaseCompleted, events::PhaseSuspended,
    events::PhaseResumed, events::PhaseAborted, events::ExitCutoffDeclared, events::ExitDecided,
    events::RunStarted, events::RunFinished, events::RunInvalidated, events::ImportStarted,
    events::ResultImported, events::ImportFinished, events::ImportRefused, events::ExecutionWaived,
    events::GapDeclared, events::EvidenceAdded, events::EvidenceUnavailable, events::EvidenceErased,
    events::IssueRaised, events::IssueTriaged, events::IssueSeverityChanged,
    events::IssueScopeChanged, events::IssueAssigned, events::IssueAnalysed,
    events::IssueFixDelivered, events::IssueWorkaroundAgreed, events::IssueDeferred,
    events::IssueRejected, events::IssueDuplicated, events::RetestRecorded, events::IssueClosed,
    events::IssueReopened, events::IssueDisputed, events::IssueReferred, events::DisputeDetermined,
    events::ImportFinishedV2>;

/// What is known of a type without an event at hand.
struct EventType {
  std::string_view name;
  std::uint64_t version = 1;
  Signers signers;
  std::size_t index = 0;    ///< in EventData
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

/// JSON Schema (2020-12) of a whole event of this type.
[[nodiscard]] std::string event_schema(const EventType& type);

}  // namespace assay
