#include "ledger/format/submission.hpp"

#include <algorithm>

#include "ledger/format/canonical_writer.hpp"
#include "ledger/format/members.hpp"
#include "ledger/format/plain_bytes.hpp"
#include "ledger/format/values.hpp"

namespace assay {
namespace {

void read_author(CanonicalReader& in, SubmissionView& out) {
  Members members(in);
  if (members.required("key")) read_hash(in, out.key);
  if (members.required("previous")) read_hash(in, out.previous);
  if (members.required("sequence")) read_count(in, out.sequence);
  out.voids.reset();
  if (members.maybe("voids")) read_hash(in, out.voids.emplace());
  members.end();
}

bool is_type_name(std::string_view text) noexcept {
  const char* const end = text.data() + text.size();
  return !text.empty() && text.size() <= limits::kIdentifierSizeBytes && text.front() >= 'a' &&
         text.front() <= 'z' && skip_name(text.data(), end) == end;
}

void read_events(CanonicalReader& in, std::string_view input, SubmissionView& out) {
  out.events.clear();
  const std::size_t from = in.offset();
  if (!in.enter_array()) return;
  while (in.next_element()) {
    if (out.events.size() == limits::kEventsPerSubmission) {
      in.refuse("more than 1024 events in one submission");
      return;
    }
    read_event(in, out.events.emplace_back());
  }
  if (in.ok() && out.events.empty()) in.refuse("a submission has at least one event");
  out.events_bytes = input.substr(from, in.offset() - from);
}

void read_expect(CanonicalReader& in, SubmissionView& out) {
  if (!in.enter_array()) return;
  while (in.next_element()) {
    Expectation& expectation = out.expect.emplace_back();
    Members members(in);
    if (members.required("size")) read_count(in, expectation.size);
    if (members.required("subject")) expectation.subject = read_plain(in);
    members.end();
    if (in.ok() && !is_subject(expectation.subject)) in.refuse("not a subject");
    const std::size_t count = out.expect.size();
    if (count > 1 && !(out.expect[count - 2].subject < expectation.subject)) {
      in.refuse("expectations are sorted by subject, each subject once");
    }
    if (count > limits::kEventsPerSubmission) in.refuse("more than 1024 expectations");
  }
  if (in.ok() && out.expect.empty()) in.refuse("an empty list of expectations is left out");
}

void read_seen(CanonicalReader& in, Seen& seen) {
  Members members(in);
  if (members.required("root")) read_hash(in, seen.root);
  if (members.required("size")) read_count(in, seen.size);
  members.end();
}

void write_expectations(CanonicalWriter& out, const SubmissionDraft& draft) {
  auto sorted = draft.expect;
  std::sort(sorted.begin(), sorted.end());
  out.name("expect").begin_array();
  for (const auto& [subject, size] : sorted) {
    out.begin_object();
    out.name("size").integer(static_cast<std::int64_t>(size));
    out.name("subject").string(subject);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

bool is_subject(std::string_view text) noexcept {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && text.size() <= limits::kSubjectSizeBytes &&
         is_type_name(text.substr(0, slash)) && is_identifier(text.substr(slash + 1));
}

bool is_uuid(std::string_view text) noexcept {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (kShape[i] == 'x' ? !hex : c != '-') return false;
  }
  return true;
}

bool read_event(CanonicalReader& in, EventView& event) {
  const std::size_t from = in.offset();
  Members members(in);
  if (members.required("data")) {
    in.skip_value(event.data);
    if (in.ok() && event.data.front() != '{') in.refuse("event data must be an object");
  }
  if (members.required("occurred_at")) {
    event.occurred_at = read_plain(in);
    if (in.ok() && !Timestamp::parse(event.occurred_at)) {
      in.refuse("occurred_at must look like 2019-11-12T10:05:00.000000Z");
    }
  }
  if (members.required("subject")) {
    event.subject = read_plain(in);
    if (in.ok() && !is_subject(event.subject)) {
      in.refuse("a subject is <kind>/<identifier>, like phase/MOC-MDS-SIT-01");
    }
  }
  if (members.required("type")) {
    event.type = read_plain(in);
    if (in.ok() && !is_type_name(event.type)) in.refuse("an event type is ASCII snake_case");
  }
  if (members.required("version")) {
    read_count(in, event.version);
    if (in.ok() && event.version == 0) in.refuse("event versions count from 1");
  }
  members.end();
  event.bytes = in.input().substr(from, in.offset() - from);
  return in.ok();
}

bool read_submission(CanonicalReader& in, SubmissionView& out) {
  const std::string_view input = in.input();
  const std::size_t from = in.offset();
  out.expect.clear();
  out.seen.reset();
  out.digest.reset();
  Members members(in);
  if (members.required("author")) read_author(in, out);
  if (members.required("events")) read_events(in, input, out);
  if (members.maybe("expect")) read_expect(in, out);
  if (members.required("log")) {
    out.log = read_plain(in);
    if (in.ok() && (out.log.empty() || out.log.size() > 255)) in.refuse("log is 1 to 255 bytes");
  }
  if (members.maybe("seen")) read_seen(in, out.seen.emplace());
  if (members.required("submission")) {
    out.id = read_plain(in);
    if (in.ok() && !is_uuid(out.id)) in.refuse("submission must be a lower-case UUID");
  }
  members.end();
  out.bytes = input.substr(from, in.offset() - from);
  if (in.ok() && out.bytes.size() > limits::kSubmissionSizeBytes) {
    in.refuse("a submission is at most 57344 bytes");
  }
  return in.ok();
}

Status parse_submission(std::string_view bytes, SubmissionView& out) {
  if (bytes.size() > limits::kSubmissionSizeBytes) {
    return fail(
        Errc::limit,
        "a submission of " + std::to_string(bytes.size()) + " bytes; at most 57344 are taken",
        "split the events over several submissions");
  }
  CanonicalReader in(bytes);
  if (read_submission(in, out) && in.finish()) return {};
  return std::unexpected(in.error());
}

Result<std::string> format_submission(const SubmissionDraft& draft) {
  if (draft.events.empty() || draft.events.size() > limits::kEventsPerSubmission) {
    return fail(Errc::limit,
                "a submission holds 1 to 1024 events, not " + std::to_string(draft.events.size()));
  }
  CanonicalWriter out;
  out.begin_object();
  out.name("author").begin_object();
  out.name("key").string(draft.key.hex());
  out.name("previous").string(draft.previous.hex());
  out.name("sequence").integer(static_cast<std::int64_t>(draft.sequence));
  if (draft.voids) out.name("voids").string(draft.voids->hex());
  out.end_object();
  out.name("events").begin_array();
  for (const std::string& event : draft.events) out.raw(event);
  out.end_array();
  if (!draft.expect.empty()) write_expectations(out, draft);
  out.name("log").string(draft.log);
  if (draft.seen) {
    out.name("seen").begin_object();
    out.name("root").string(draft.seen->root.hex());
    out.name("size").integer(static_cast<std::int64_t>(draft.seen->size));
    out.end_object();
  }
  out.name("submission").string(draft.id);
  out.end_object();
  std::string bytes = std::move(out).take();
  if (bytes.size() > limits::kSubmissionSizeBytes) {
    return fail(
        Errc::limit,
        "a submission of " + std::to_string(bytes.size()) + " bytes; at most 57344 are taken",
        "split the events over several submissions");
  }
  return bytes;
}

std::string format_event(std::string_view type, std::uint64_t version, std::string_view subject,
                         const Timestamp& occurred_at, std::string_view data) {
  CanonicalWriter out;
  out.begin_object();
  out.name("data").raw(data);
  out.name("occurred_at").string(occurred_at.text());
  out.name("subject").string(subject);
  out.name("type").string(type);
  out.name("version").integer(static_cast<std::int64_t>(version));
  out.end_object();
  return std::move(out).take();
}

}  // namespace assay
