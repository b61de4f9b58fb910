#pragma once

/// Small policies for tests. Every number is invented.

#include "ledger/events/policies.hpp"
#include "ledger/format/json_archive.hpp"

namespace assay::testing {

inline events::PolicyPublished policy(const char* id, events::PolicyBody body,
                                      std::uint64_t version = 1) {
  events::PolicyPublished published;
  published.digest = sha256(to_canonical(body));
  published.body = std::move(body);
  published.note = "invented";
  published.policy = id;
  published.title = "Sample (invented)";
  published.version = version;
  return published;
}

inline Timestamp time_of(const char* text) {
  return Timestamp::parse(std::string(text) + ":00.000000Z").value();
}

/// `from` like "2019-10-21T10:00", UTC.
inline events::PolicyActivated activation(const char* id, const char* from,
                                          events::PolicyScope scope = {},
                                          std::uint64_t version = 1) {
  return {std::nullopt, time_of(from), id, std::move(scope), version};
}

inline events::PolicySuperseded supersession(const char* id, const char* from,
                                             std::uint64_t old_version,
                                             std::optional<std::uint64_t> new_version) {
  return {time_of(from), new_version, old_version, id, "changed (invented)"};
}

inline events::PolicyBody audit_body(events::AuditRegime regime) {
  events::PolicyBody body;
  body.audit_regime = events::AuditPolicy{regime};
  return body;
}

/// At most `max` issues of severity 1 in the whole programme.
inline events::PolicyBody threshold_body(std::uint64_t max) {
  events::ThresholdPolicy threshold;
  threshold.open_states = {events::IssueState::raised};
  events::ThresholdPart part;
  part.limits = {{max, {1}}};
  part.part = "part1";
  threshold.parts = {part};
  events::PolicyBody body;
  body.threshold = threshold;
  return body;
}

inline events::ClauseStatusRecorded clause(const char* document, const char* number,
                                           events::ClauseStatus status, const char* day) {
  events::ClauseStatusRecorded recorded;
  recorded.clause = number;
  recorded.document = document;
  recorded.document_version = "1.2";
  recorded.effective_on = day;
  recorded.source = "invented";
  recorded.status = status;
  return recorded;
}

}  // namespace assay::testing
