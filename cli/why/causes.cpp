#include "cli/why/causes.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"
#include "cli/why/references.hpp"
#include "ledger/format/entry.hpp"

namespace assay::cli {
namespace {

struct Read {
  EventData data;
  std::string occurred_at;
  std::string subject;
  std::string type;
};

Result<Read> read_event_at(const store::Store& store, const EventId& id) {
  ASSAY_TRY(const std::string bytes, store.entry(id.entry));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  if (id.position >= entry.submission.events.size()) {
    return fail(Errc::not_found, "there is no event " + id.text());
  }
  const EventView& view = entry.submission.events[id.position];
  ASSAY_TRY(EventData data, decode_event(view.type, view.version, view.data));
  return Read{std::move(data), std::string(view.occurred_at), std::string(view.subject),
              std::string(view.type)};
}

/// What a reader wants to know of an event at a glance.
std::string gist_of(const EventData& data) {
  const Json json = Json::parse(encode_data(data));
  std::string gist;
  for (const char* const name :
       {"outcome", "verdict", "position", "decision", "severity", "to_severity", "title", "name",
        "reason", "rationale", "status", "closure"}) {
    const auto found = json.find(name);
    if (found == json.end()) continue;
    gist.append(gist.empty() ? "" : ", ")
        .append(found->is_string() ? found->get<std::string>() : found->dump());
  }
  if (const auto* result = event_if<events::ResultImported>(&data)) {
    gist += fmt::format(", line {} column {} of the file", result->position.line,
                        result->position.column);
  }
  return gist;
}

}  // namespace

Result<Cause> Causes::event(const EventId& id, std::uint64_t depth) {
  if (id.entry >= size_) return fail(Errc::not_found, "there is no event " + id.text());
  ASSAY_TRY(const Read read, read_event_at(store_, id));
  Cause cause;
  cause.event = id;
  cause.subject = read.subject;
  cause.text = fmt::format("{} {}", read.type, read.subject);
  if (!shown_events_.insert(id).second) {
    cause.text += " (see above)";
    return cause;
  }
  const std::string gist = gist_of(read.data);
  if (!gist.empty()) cause.text += ": " + shown(gist, 160);
  if (depth < limits_.depth) ASSAY_CHECK(add_references(read.data, depth + 1, cause));
  return cause;
}

Status Causes::add_references(const EventData& data, std::uint64_t depth, Cause& cause) {
  const References references = references_of(data);
  const auto take = [&](Result<Cause> found) -> Status {
    // What is named and not there is for `verify` and the findings to say.
    if (found) cause.because.push_back(*std::move(found));
    if (!found && found.error().code != Errc::not_found) return std::unexpected(found.error());
    return {};
  };
  for (const EventId& id : references.events) ASSAY_CHECK(take(event(id, depth)));
  for (const std::string& subject : references.subjects) ASSAY_CHECK(take(thing(subject, depth)));
  for (const Hash& digest : references.files) ASSAY_CHECK(take(file(digest, depth)));
  return {};
}

Result<Cause> Causes::thing(const std::string& subject, std::uint64_t depth) {
  ASSAY_TRY(std::vector<EventId> about, store_.events_about(subject));
  std::erase_if(about, [&](const EventId& id) { return id.entry >= size_; });
  if (about.empty()) return fail(Errc::not_found, "nothing was recorded about " + subject);
  Cause cause;
  cause.subject = subject;
  cause.text = subject;
  if (!shown_subjects_.insert(subject).second) {
    cause.text += " (see above)";
    return cause;
  }
  if (depth >= limits_.depth) {
    cause.text += fmt::format(" ({} events)", about.size());
    return cause;
  }
  for (std::size_t i = 0; i < about.size(); ++i) {
    if (i == limits_.events_each) {
      cause.because.push_back(
          {{}, {}, subject, fmt::format("… and {} more events", about.size() - i)});
      break;
    }
    ASSAY_TRY(Cause one, event(about[i], depth + 1));
    cause.because.push_back(std::move(one));
  }
  return cause;
}

Result<Cause> Causes::file(const Hash& digest, std::uint64_t) {
  Cause cause;
  cause.subject = subject_of(Kind::evidence, digest.hex());
  const auto record = store_.evidence(digest);
  if (!record && record.error().code != Errc::not_found) return std::unexpected(record.error());
  cause.text = fmt::format(
      "file sha256 {}{}", digest.hex(),
      record ? fmt::format(", {} bytes", record->size_bytes) : ", which is not in the store");
  return cause;
}

Json to_json(const Cause& cause) {
  Json json = {{"text", cause.text}, {"subject", cause.subject}};
  if (cause.event) json["event"] = cause.event->text();
  json["because"] = Json::array();
  for (const Cause& below : cause.because) json["because"].push_back(to_json(below));
  return json;
}

void print_cause(Output& out, const Cause& cause, std::size_t indent) {
  out.line(fmt::format("{}{}{}", std::string(2 * indent, ' '),
                       cause.event ? out.dim(cause.event->text() + "  ") : "", shown(cause.text)));
  for (const Cause& below : cause.because) print_cause(out, below, indent + 1);
}

}  // namespace assay::cli
