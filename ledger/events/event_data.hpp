#pragma once

/// One event of any type. A `std::variant` of more than a hundred types costs a compiler seconds in
/// every file that copies, destroys or visits one; here that is done once, in event_data.cpp, and a
/// visit is one table of pointers. Thread word: plain values.

#include <array>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

#include "ledger/events/completion.hpp"
#include "ledger/events/documents.hpp"
#include "ledger/events/epcl.hpp"
#include "ledger/events/evidence.hpp"
#include "ledger/events/governance.hpp"
#include "ledger/events/integrity.hpp"
#include "ledger/events/issues.hpp"
#include "ledger/events/phases.hpp"
#include "ledger/events/phases_v2.hpp"
#include "ledger/events/policies.hpp"
#include "ledger/events/programme.hpp"
#include "ledger/events/regression.hpp"
#include "ledger/events/runs.hpp"
#include "ledger/events/selection.hpp"

namespace assay {

using AnyEvent = std::variant<
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
    events::PolicyPublished, events::PolicyActivated, events::PolicySuperseded,
    events::ClauseStatusRecorded, events::EquivalenceClaimed, events::EpclEntryMade,
    events::EpclEntryRemoved, events::PpclEntryRecorded, events::DmcProposed,
    events::ConsultationOpened, events::ConsultationResponseRecorded, events::ConsultationClosed,
    events::DmcSelected, events::DmcDeselected, events::DmcSubstituted, events::SelectionAppealed,
    events::AppealDetermined, events::DocumentItemsListed, events::TestCaseRegisteredV2,
    events::TestDeviceEnrolled, events::ImpactAssessed, events::RegressionItemsListed,
    events::RegressionScopeBaselined, events::RegressionStarted, events::RegressionCompleted,
    events::ExitEvaluated, events::CompletionReportIssued, events::WorkOffPlanBaselined,
    events::WorkOffItemUpdated, events::WorkOffItemCompleted, events::PanelDecisionRecorded,
    events::SosDecisionRecorded, events::WaiverGranted, events::ReleaseCompleted,
    events::ExternalAuditReportRegistered, events::PostExitDefectRecorded, events::StatesAttested,
    events::VerificationPerformed, events::CheckpointWitnessed, events::ExternalAnchorRecorded,
    events::CorrectionRecorded, events::ClockAttested, events::ImportFinishedV2,
    events::PhasePlannedV2, events::ScopeItemsListedV2, events::ScopeBaselinedV2,
    events::ScopeChangedV2, events::EnvironmentBaselinedV2, events::PhaseSuspendedV2,
    events::PhaseResumedV2, events::PhaseAbortedV2, events::ExitEvaluatedV2,
    events::DeviceModelRegisteredV2, events::AppealDeterminedV2, events::EvidenceAttached>;

template <class T, class Variant>
inline constexpr bool kIsAlternative = false;
template <class T, class... Types>
inline constexpr bool kIsAlternative<T, std::variant<Types...>> = (std::is_same_v<T, Types> || ...);

class EventData {
 public:
  EventData();
  template <class T>
    requires kIsAlternative<T, AnyEvent>
  EventData(T event) {  // NOLINT(google-explicit-constructor)
    std::construct_at(&any_, std::in_place_type<T>, std::move(event));
  }
  EventData(const EventData& other);
  EventData(EventData&& other) noexcept;
  EventData& operator=(const EventData& other);
  EventData& operator=(EventData&& other) noexcept;
  ~EventData();

  [[nodiscard]] std::size_t index() const noexcept { return any_.index(); }
  [[nodiscard]] const AnyEvent& any() const noexcept { return any_; }
  [[nodiscard]] AnyEvent& any() noexcept { return any_; }

 private:
  // A union, so that nothing but event_data.cpp has to know how to destroy it.
  union {
    AnyEvent any_;
  };
};

/// Null when the event is of another type.
template <class T>
[[nodiscard]] const T* event_if(const EventData* data) noexcept {
  return std::get_if<T>(&data->any());
}
template <class T>
[[nodiscard]] T* event_if(EventData* data) noexcept {
  return std::get_if<T>(&data->any());
}

/// Calls `visitor` with the event, whatever its type is.
template <class Visitor>
decltype(auto) visit_event(Visitor&& visitor, const EventData& data) {
  using V = std::remove_reference_t<Visitor>;
  using R = decltype(std::declval<V&>()(std::declval<const events::LedgerCreated&>()));
  using Call = R (*)(V&, const AnyEvent&);
  static constexpr auto kCalls = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<Call, sizeof...(I)>{
        [](V& v, const AnyEvent& any) -> R { return v(*std::get_if<I>(&any)); }...};
  }(std::make_index_sequence<std::variant_size_v<AnyEvent>>());
  return kCalls[data.index()](visitor, data.any());
}

}  // namespace assay
