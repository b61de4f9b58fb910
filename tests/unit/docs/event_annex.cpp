#include "tests/unit/docs/event_annex.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <vector>

#include <nlohmann/json.hpp>

#include "ledger/events/catalogue.hpp"

namespace assay::testing {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kWidth = 120;
constexpr const char* kTime = "2019-10-21T10:00:00.000000Z";

bool has(const Json& schema, const char* part) {
  return schema.value("pattern", "").find(part) != std::string::npos;
}

/// A value of that schema which tells in other texts which member it came from.
class Named {
 public:
  Json value(const Json& schema, const std::string& name) {
    if (schema.contains("enum")) {
      enums_[schema["enum"][0].get<std::string>()] = name;
      return schema["enum"][0];
    }
    const std::string type = schema.value("type", "");
    if (type == "array") return array(schema["items"], name);
    if (type == "boolean") return true;
    if (type == "integer") return integer(schema, name);
    if (type == "object") {
      Json object = Json::object();
      for (const auto& [member, property] : schema["properties"].items()) {
        object[member] = value(property, member);
      }
      return object;
    }
    if (has(schema, "T\\d")) return kTime;
    if (has(schema, "{64}")) return remember(sha256(name).hex(), name);
    if (has(schema, "\\.(")) return remember(std::to_string(++addresses_) + ".7", name);
    if (has(schema, "{4})*")) return "AAAA";
    return ".." + name + "..";
  }
  /// `text` with every such value as `<member>`.
  [[nodiscard]] std::string shown(std::string text) const {
    for (const auto& [value, name] : values_) {
      for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, at)) {
        text.replace(at, value.size(), "<" + name + ">");
      }
    }
    return std::regex_replace(text, std::regex(R"(\.\.([a-z0-9_]+)\.\.)"), "<$1>");
  }

  /// The member whose value `word` is, if it is one of a list of words.
  [[nodiscard]] std::string member_of(const std::string& word) const {
    const auto found = enums_.find(word);
    return found == enums_.end() ? word : "<" + found->second + ">";
  }

 private:
  /// Of limits there are two, since there are rules about any two of them.
  Json array(const Json& items, const std::string& name) {
    Json all = Json::array({value(items, name)});
    if (name == "limits") all.push_back(value(items, name));
    return all;
  }
  /// Versions are parts of names, so each has a value by which it is known again.
  std::int64_t integer(const Json& schema, const std::string& name) {
    if (!name.ends_with("version")) return std::max<std::int64_t>(1, schema.value("minimum", 1));
    const std::int64_t version = 70'001 + static_cast<std::int64_t>(values_.size());
    remember(std::to_string(version), name);
    return version;
  }
  std::string remember(const std::string& value, const std::string& name) {
    values_[value] = name;
    return value;
  }
  std::map<std::string, std::string> values_;
  std::map<std::string, std::string> enums_;
  std::uint64_t addresses_ = 700;
};

/// What an event's invariants ask, as sentences.
class Sentences final : public Invariants {
 public:
  explicit Sentences(const Named& named) : named_(named) {}
  void creates(Kind kind, std::string_view id) override { add("creates " + subject_of(kind, id)); }
  void unique(Kind kind, std::string_view combination) override {
    // Fields stand side by side, with spaces or control characters between them.
    std::string fields;
    std::string word;
    for (const char c : std::string(combination) + ' ') {
      if (c > ' ') {
        word += c;
      } else {
        fields += (fields.empty() ? "" : " + ") + named_.member_of(word);
        word.clear();
      }
    }
    add("no other " + std::string(text_of(kind)) + " has " + fields);
  }
  void exists(Kind kind, std::string_view id) override { add(subject_of(kind, id) + " exists"); }
  void closes(Kind kind, std::string_view id) override { add("closes " + subject_of(kind, id)); }
  void part(Kind kind, std::string_view id, std::uint64_t) override {
    add("is the next part of " + subject_of(kind, id));
  }
  void closes_with(Kind kind, std::string_view id, std::uint64_t) override {
    add("closes " + subject_of(kind, id) + ", stating the number of its parts");
  }
  void event(const EventId& id) override { add("there is an event " + id.text() + " before it"); }
  void had_size(std::uint64_t, std::string_view member) override {
    add("the log had <" + std::string(member) + "> entries before it");
  }
  void agrees(Kind kind, std::string_view id, std::string_view, std::string_view what) override {
    add("states the " + std::string(what) + " of " + subject_of(kind, id) +
        " that earlier events state");
  }
  void require(bool, std::string_view rule) override { add(std::string(rule)); }

  std::vector<std::string> found;

 private:
  void add(const std::string& text) {
    const std::string shown = named_.shown(text);
    if (std::ranges::find(found, shown) == found.end()) found.push_back(shown);
  }
  const Named& named_;
};

/// The names of the members that are digests of evidence files.
std::vector<std::string> file_members(const EventData& data, const Named& named) {
  std::vector<Hash> files;
  append_evidence_files(data, files);
  std::vector<std::string> names;
  for (const Hash& file : files) names.push_back(named.shown(file.hex()));
  return names;
}

/// The names of all members that are hashes, at any depth, as `<member>`.
void add_hashes(const Json& schema, const std::string& name, std::set<std::string>& names) {
  if (schema.contains("items")) add_hashes(schema["items"], name, names);
  if (schema.contains("properties")) {
    for (const auto& [member, property] : schema["properties"].items()) {
      add_hashes(property, member, names);
    }
  }
  if (has(schema, "{64}") && name != "commitment") names.insert("<" + name + ">");
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

std::string members_text(const Json& schema);

std::string type_text(const Json& schema) {
  if (schema.contains("enum")) {
    return joined(schema["enum"].get<std::vector<std::string>>(), "|");
  }
  const std::string type = schema.value("type", "text");
  if (type == "array") {
    return (schema.value("uniqueItems", false) ? "set of " : "list of ") +
           type_text(schema["items"]);
  }
  if (type == "object") {
    const Json& properties = schema["properties"];
    if (properties.size() == 1 && properties.contains("commitment")) return "confidential member";
    return "{" + members_text(schema) + "}";
  }
  if (has(schema, "{1,128}")) return "identifier";
  if (has(schema, "{64}")) return "hash";
  if (has(schema, "T\\d")) return "time";
  if (has(schema, "\\.(")) return "event address";
  if (has(schema, "{4})*")) return "bytes";
  if (type == "integer" && schema.value("minimum", std::int64_t{0}) < 0) return "signed integer";
  return type == "string" ? "text" : type;
}

std::string members_text(const Json& schema) {
  std::vector<std::string> parts;
  const auto required = schema.value("required", std::vector<std::string>());
  for (const auto& [name, property] : schema["properties"].items()) {
    const bool must = std::ranges::find(required, name) != required.end();
    parts.push_back((must ? name : "[" + name + "]") + " " + type_text(property));
  }
  return joined(parts, ", ");
}

std::string names_of(RoleSet roles) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::size(kEnumTexts<Role>); ++i) {
    if (roles.contains(static_cast<Role>(i))) names.emplace_back(kEnumTexts<Role>[i]);
  }
  return joined(names, ", ");
}

std::string signers_text(const Signers& signers) {
  std::string text;
  switch (signers.authority) {
    case Authority::genesis: text = "entry 0 only"; break;
    case Authority::roles: text = "by role: " + names_of(signers.recorded_by); break;
    case Authority::roles_or_root:
      text = "by root or role: " + names_of(signers.recorded_by);
      break;
    case Authority::root_threshold: text = "by root threshold"; break;
    case Authority::any_key: text = "by any key"; break;
  }
  if (!signers.endorsed_by.empty()) text += "; endorsed: " + names_of(signers.endorsed_by);
  return text + (signers.decision ? "; a decision" : "");
}

/// `text` behind `label`, broken between words, the lines after the first indented as far.
std::string wrapped(const std::string& label, const std::string& text) {
  const std::string indent(label.size(), ' ');
  std::string lines;
  std::string line = label;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    std::string word = text.substr(from, end - from);
    // A list of words that is longer than a line goes on after one of its bars.
    while (indent.size() + 1 + word.size() > kWidth) {
      const std::size_t bar = word.rfind('|', kWidth - indent.size() - 2);
      if (line != indent) lines += line + "\n";
      lines += indent + " " + word.substr(0, bar + 1) + "\n";
      line = indent;
      word.erase(0, bar + 1);
    }
    if (line.size() + 1 + word.size() > kWidth) {
      lines += line + "\n";
      line = indent;
    }
    line += " " + word;
    from = end + 1;
  }
  return lines + line + "\n";
}

}  // namespace

std::string event_annex() {
  std::string text;
  for (const EventType& type : event_types()) {
    const Json schema = Json::parse(type.schema());
    Named named;
    const auto data = decode_event(type.name, type.version, named.value(schema, "data").dump());
    if (!data) return std::string(type.name) + ": " + data.error().message;
    Sentences sentences(named);
    check_invariants(*data, sentences);
    text += std::string(type.name) + " " + std::to_string(type.version) + ", " +
            signers_text(type.signers) + "\n";
    text += wrapped("  data   ", members_text(schema));
    text += wrapped("  subject", named.shown(subject_of(*data)));
    if (const auto files = file_members(*data, named); !files.empty()) {
      text += wrapped("  files  ", joined(files, ", "));
    }
    if (!sentences.found.empty()) text += wrapped("  rules  ", joined(sentences.found, "; "));
  }
  return text;
}

std::set<std::string> hashes_of_no_file() {
  std::set<std::string> found;
  for (const EventType& type : event_types()) {
    const Json schema = Json::parse(type.schema());
    Named named;
    const auto data = decode_event(type.name, type.version, named.value(schema, "data").dump());
    if (!data) return {std::string(type.name) + ": " + data.error().message};
    std::set<std::string> names;
    add_hashes(schema, "data", names);
    for (const std::string& file : file_members(*data, named)) names.erase(file);
    for (const std::string& name : names) found.insert(std::string(type.name) + " " + name);
  }
  return found;
}

}  // namespace assay::testing
