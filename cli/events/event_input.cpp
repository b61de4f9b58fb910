#include "cli/events/event_input.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "cli/events/json_input.hpp"
#include "cli/events/time_input.hpp"
#include "ledger/base/text_distance.hpp"
#include "ledger/format/members.hpp"

namespace assay::cli {
namespace {

using nlohmann::json;

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> items;
  std::size_t from = 0;
  while (from <= text.size() && !text.empty()) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    items.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return items;
}

Result<json> parse_value(const std::string& member, const std::string& text) {
  auto canonical = canonical_from_json(text, limits::kSubmissionSizeBytes);
  if (!canonical) return std::unexpected(std::move(canonical).error().in(member));
  return json::parse(*canonical);
}

/// A confidential member, by the hash that stands for it.
Result<json> commitment_of(const std::string& member, const std::string& text) {
  if (text.starts_with("{")) return parse_value(member, text);
  if (Hash::from_hex(text)) return json{{"commitment", text}};
  return fail(Errc::malformed, member + " is confidential: the log takes a commitment, not a text",
              "`assay commitment make FILE --opening NEW` prints the hash to give here");
}

/// `text` as a value of what `schema` describes.
Result<json> value_of(const std::string& member, const json& schema, const std::string& text) {
  const std::string type = schema.value("type", "string");
  if (type == "object" && schema["properties"].contains("commitment")) {
    return commitment_of(member, text);
  }
  if (type == "object" || (type == "array" && text.starts_with("["))) {
    return parse_value(member, text);
  }
  if (type == "array") {
    json list = json::array();
    std::vector<std::string> items = split_list(text);
    // A set has one order, and people need not know it.
    if (schema.value("uniqueItems", false)) {
      std::sort(items.begin(), items.end());
      items.erase(std::unique(items.begin(), items.end()), items.end());
    }
    for (const std::string& item : items) {
      ASSAY_TRY(json value, value_of(member, schema["items"], item));
      list.push_back(std::move(value));
    }
    return list;
  }
  if (type == "integer" || type == "boolean") return parse_value(member, text);
  return json(text);
}

Error unknown_member(const json& properties, const std::string& member, std::string_view type) {
  std::vector<std::string> names;
  for (const auto& [name, schema] : properties.items()) names.push_back(name);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view nearest = nearest_text(member, known);
  return Error{Errc::malformed, std::string(type) + " has no member \"" + member + "\"",
               nearest.empty() ? "`assay help " + std::string(type) + "` lists its members"
                               : "did you mean \"" + std::string(nearest) + "\"?",
               std::nullopt};
}

/// The first text in `value` that is none of the words that its schema allows.
std::optional<Error> wrong_word(const std::string& where, const json& schema, const json& value) {
  if (schema.contains("enum")) {
    const json& words = schema["enum"];
    if (std::find(words.begin(), words.end(), value) != words.end()) return std::nullopt;
    std::string allowed;
    for (const json& word : words) {
      allowed.append(allowed.empty() ? "" : ", ").append(word.get<std::string>());
    }
    return Error{Errc::malformed, where + " cannot be " + value.dump(), "it is one of: " + allowed,
                 std::nullopt};
  }
  if (value.is_array() && schema.contains("items")) {
    for (const json& item : value) {
      if (auto wrong = wrong_word(where, schema["items"], item)) return wrong;
    }
  }
  if (value.is_object() && schema.contains("properties")) {
    for (const auto& [name, member] : value.items()) {
      if (!schema["properties"].contains(name)) continue;
      if (auto wrong = wrong_word(where + "." + name, schema["properties"][name], member)) {
        return wrong;
      }
    }
  }
  return std::nullopt;
}

/// Why `data` is no data of this type, in the words of a person who fills in a form. The decoder
/// stops at the first byte that it cannot use, and says where that byte is in a form of the data
/// that nobody has seen.
Error data_problem(const EventType& type, const json& data, Error from_decoder) {
  const json schema = json::parse(type.schema());
  if (!data.is_object()) return from_decoder;
  for (const auto& [name, value] : data.items()) {
    if (!schema["properties"].contains(name)) {
      return unknown_member(schema["properties"], name, type.name);
    }
  }
  for (const auto& [name, value] : data.items()) {
    auto wrong = wrong_word(name, schema["properties"][name], value);
    if (wrong) return *std::move(wrong);
  }
  std::string missing;
  for (const json& name : schema["required"]) {
    if (data.contains(name)) continue;
    missing.append(missing.empty() ? "" : ", ").append(name.get<std::string>());
  }
  const std::string help = "`assay help " + std::string(type.name) + "` lists its members";
  if (missing.empty()) {
    return from_decoder.hint.empty() ? std::move(from_decoder).with_hint(help) : from_decoder;
  }
  return Error{Errc::malformed, std::string(type.name) + " lacks " + missing, help, std::nullopt};
}

/// The type that was meant, or those that have a word of `name` in theirs.
std::string types_like(std::string_view name) {
  std::vector<std::string_view> names;
  for (const EventType& type : event_types()) names.push_back(type.name);
  const std::string_view nearest = nearest_text(name, names);
  if (!nearest.empty()) return "did you mean \"" + std::string(nearest) + "\"?";
  const std::string_view word = name.substr(0, name.find_first_of("_- "));
  std::string like;
  for (const std::string_view known : names) {
    const bool again = like.find(known) != std::string::npos;
    if (word.size() < 3 || again || known.find(word) == std::string_view::npos) continue;
    like.append(like.empty() ? "" : ", ").append(known);
  }
  return like.empty() ? "`assay help events` lists them" : "there are: " + like;
}

/// An older version is read for ever and recorded no more.
Error other_version(const EventType& newest, const json& version) {
  const bool older = version.is_number_unsigned() && version < newest.version &&
                     find_event_type(newest.name, version.get<std::uint64_t>()) != nullptr;
  const std::string name = std::string(newest.name) + " version " + version.dump();
  const std::string now = std::to_string(newest.version);
  if (older) {
    return Error{Errc::rejected, name + " is read and no longer recorded; version " + now + " is",
                 "leave version out, or give " + now + ": `assay help " + std::string(newest.name) +
                     "` lists its members",
                 std::nullopt};
  }
  return Error{Errc::rejected, name + " is not known to this program",
               "leave version out: the newest, " + now + ", is recorded", std::nullopt};
}

}  // namespace

Result<const EventType*> known_type(std::string_view name) {
  const EventType* best = nullptr;
  for (const EventType& type : event_types()) {
    if (type.name == name && (best == nullptr || type.version > best->version)) best = &type;
  }
  if (best != nullptr) return best;
  return fail(Errc::rejected, "there is no event type \"" + std::string(name) + "\"",
              types_like(name));
}

Result<std::string> event_from_data(std::string_view type, std::string_view data_json,
                                    const Timestamp& occurred_at) {
  ASSAY_TRY(const EventType* const known, known_type(type));
  ASSAY_TRY(const std::string canonical,
            canonical_from_json(data_json, limits::kSubmissionSizeBytes));
  auto data = decode_event(type, known->version, canonical);
  if (!data) {
    return std::unexpected(data_problem(*known, json::parse(canonical), std::move(data).error()));
  }
  return encode_event(*data, occurred_at);
}

Result<std::string> event_from_json(std::string_view text, const Timestamp& now) {
  ASSAY_TRY(const std::string canonical, canonical_from_json(text, limits::kSubmissionSizeBytes));
  const json event = json::parse(canonical);
  if (!event.is_object()) return fail(Errc::malformed, "an event is a JSON object");
  constexpr std::string_view kNames[] = {"data", "occurred_at", "subject", "type", "version"};
  for (const auto& [name, value] : event.items()) {
    if (std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames)) {
      return fail(Errc::malformed, "an event has no member \"" + name + "\"",
                  "an event has type and data, and may have occurred_at, subject and version");
    }
  }
  if (!event.contains("type") || !event["type"].is_string() || !event.contains("data")) {
    return fail(Errc::malformed, "an event needs a \"type\" (text) and \"data\" (object)",
                "`assay help events` lists the types");
  }
  Timestamp occurred_at = now;
  if (event.contains("occurred_at")) {
    if (!event["occurred_at"].is_string()) return fail(Errc::malformed, "occurred_at must be text");
    ASSAY_TRY(occurred_at, time_from_text(event["occurred_at"].get<std::string>()));
  }
  const auto type = event["type"].get<std::string>();
  ASSAY_TRY(const EventType* const known, known_type(type));
  if (event.contains("version") && event["version"] != known->version) {
    return std::unexpected(other_version(*known, event["version"]));
  }
  ASSAY_TRY(std::string bytes, event_from_data(type, event["data"].dump(), occurred_at));
  if (event.contains("subject") && json::parse(bytes)["subject"] != event["subject"]) {
    return fail(Errc::malformed,
                "the subject of this event is " + json::parse(bytes)["subject"].dump() + ", not " +
                    event["subject"].dump(),
                "leave subject out: it follows from the data");
  }
  return bytes;
}

Result<std::string> event_from_pairs(std::string_view type, const std::vector<std::string>& pairs,
                                     const Timestamp& occurred_at) {
  ASSAY_TRY(const EventType* const known, known_type(type));
  const json schema = json::parse(known->schema());
  const json& properties = schema["properties"];
  json data = json::object();
  for (const std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(Errc::invalid_argument, "\"" + pair + "\" is not of the form member=value");
    }
    const std::string member = pair.substr(0, equals);
    if (!properties.contains(member)) {
      return std::unexpected(unknown_member(properties, member, type));
    }
    if (data.contains(member))
      return fail(Errc::malformed, "member \"" + member + "\" stands twice");
    ASSAY_TRY(data[member], value_of(member, properties[member], pair.substr(equals + 1)));
  }
  // Sets and lists that nobody mentioned are empty; everything else that is required is asked for.
  for (const json& name : schema["required"]) {
    const json& property = properties[name.get<std::string>()];
    if (!data.contains(name) && property.value("type", "") == "array") data[name] = json::array();
  }
  return event_from_data(type, data.dump(), occurred_at);
}

}  // namespace assay::cli
