#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands/commands.hpp"
#include "cli/events/event_input.hpp"
#include "cli/manual/completion.hpp"
#include "cli/manual/man_page.hpp"
#include "ledger/base/text_distance.hpp"

namespace assay::cli {
namespace {

std::string signers_text(const Signers& signers) {
  const auto names = [](RoleSet roles) {
    std::string text;
    for (std::size_t i = 0; i < std::size(kEnumTexts<Role>); ++i) {
      if (!roles.contains(static_cast<Role>(i))) continue;
      text.append(text.empty() ? "" : " or ").append(kEnumTexts<Role>[i]);
    }
    return text;
  };
  std::string text;
  switch (signers.authority) {
    case Authority::genesis: text = "all root keys, in entry 0 only"; break;
    case Authority::roles: text = names(signers.recorded_by); break;
    case Authority::roles_or_root: text = "a root key, or " + names(signers.recorded_by); break;
    case Authority::root_threshold: text = "a root key; takes effect by root threshold"; break;
    case Authority::any_key: text = "any registered key"; break;
  }
  if (!signers.endorsed_by.empty()) {
    text += "; endorsed by " + names(signers.endorsed_by) +
            (signers.own_party_endorses ? " by another holder" : " of another party");
  }
  if (signers.decision) text += "; names the head that was seen";
  return text;
}

/// A text that is the whole answer.
void print_text(Run& run, const std::string& member, const std::string& text) {
  run.out.raw(text);
  run.out.member(member) = text;
}

int help_exit_codes(Run& run) {
  std::vector<std::vector<std::string>> rows;
  Json json = Json::array();
  for (const ExitCodeRow& row : exit_code_table()) {
    rows.push_back({std::to_string(static_cast<int>(row.code)), std::string(row.meaning)});
    json.push_back({{"code", static_cast<int>(row.code)}, {"meaning", row.meaning}});
  }
  run.out.table({"CODE", "MEANING"}, rows);
  run.out.line();
  run.out.line("Below 10: something about the run. From 10: something about the evidence.");
  run.out.line("Of several findings the lowest code from 10 is the exit code; --json lists all.");
  run.out.member("exit_codes") = std::move(json);
  return 0;
}

int help_events(Run& run) {
  std::vector<std::vector<std::string>> rows;
  Json json = Json::array();
  for (const EventType& type : event_types()) {
    // An older version is read for ever and recorded no more.
    if (*known_type(type.name) != &type) continue;
    rows.push_back({std::string(type.name), signers_text(type.signers)});
    json.push_back(
        {{"type", type.name}, {"version", type.version}, {"signers", signers_text(type.signers)}});
  }
  run.out.table({"TYPE", "RECORDED BY"}, rows);
  run.out.line();
  run.out.line(
      "`assay help TYPE` lists a type's members, `assay schema TYPE` prints its JSON Schema.");
  run.out.line("The newest version of a type is recorded; older ones are read for ever.");
  run.out.member("event_types") = std::move(json);
  return 0;
}

std::string member_type(const Json& schema) {
  if (schema.contains("enum")) {
    std::string text;
    for (const Json& value : schema["enum"]) {
      text += (text.empty() ? "" : " | ") + value.get<std::string>();
    }
    return text;
  }
  const std::string type = schema.value("type", "text");
  if (type == "array") return "list of " + member_type(schema["items"]);
  if (type == "object" && schema.contains("properties")) {
    if (schema["properties"].contains("commitment"))
      return "confidential: the hash of a commitment";
    std::string text;
    for (const auto& [name, value] : schema["properties"].items()) {
      text += (text.empty() ? "{" : ", ") + name;
    }
    return text + "}";
  }
  const std::string pattern = schema.value("pattern", "");
  if (pattern.find("{1,128}") != std::string::npos) return "identifier";
  if (pattern.find("{64}") != std::string::npos) return "hash";
  if (pattern.find("T\\d") != std::string::npos) return "time";
  if (pattern.find("\\.(") != std::string::npos) return "event address";
  if (!pattern.empty()) return "base64";
  return type == "string" ? "text" : type;
}

Result<int> help_type(Run& run, const EventType& type) {
  const Json schema = Json::parse(type.schema());
  run.out.line(fmt::format("{} (version {})", type.name, type.version));
  run.out.line(fmt::format("recorded by: {}", signers_text(type.signers)));
  run.out.line();
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, property] : schema["properties"].items()) {
    bool required = false;
    for (const Json& entry : schema["required"]) required = required || entry == name;
    rows.push_back({name, required ? "" : "optional", member_type(property)});
  }
  run.out.table({"MEMBER", "", "VALUE"}, rows);
  run.out.line();
  run.out.line(fmt::format("assay record {} --key NAME member=value …", type.name));
  run.out.member("type") = type.name;
  run.out.member("schema_of_data") = schema;
  return 0;
}

/// The command of these words, "key", "new"; null if there is none.
CLI::App* find_command(CLI::App& root, const std::vector<std::string>& words) {
  CLI::App* command = &root;
  for (const std::string& word : words) {
    const auto subs =
        command->get_subcommands([&](CLI::App* sub) { return sub->get_name() == word; });
    if (subs.empty()) return nullptr;
    command = subs.front();
  }
  return command;
}

/// Every command, by its words: "key", "key new".
void add_commands(const CLI::App& from, const std::string& before, std::vector<std::string>& all) {
  for (const CLI::App* sub : from.get_subcommands([](const CLI::App*) { return true; })) {
    all.push_back(before + sub->get_name());
    add_commands(*sub, all.back() + " ", all);
  }
}

/// What was meant by a topic that there is not.
std::string topics_like(App& app, const std::string& topic) {
  std::vector<std::string> topics{"exit-codes", "events"};
  add_commands(app.root(), "", topics);
  for (const EventType& type : event_types()) topics.emplace_back(type.name);
  const std::vector<std::string_view> known(topics.begin(), topics.end());
  const std::string_view nearest = nearest_text(topic, known);
  if (!nearest.empty()) return fmt::format("did you mean \"{}\"?", nearest);
  return "topics: exit-codes, events, every command, every event type";
}

Result<int> help_topic(App& app, Run& run, const std::vector<std::string>& words) {
  if (words.empty()) {
    // `help()` of the root would answer for the command that was parsed, which is this one.
    const auto formatter = app.root().get_formatter();
    print_text(run, "help",
               formatter->make_help(&app.root(), "assay", CLI::AppFormatMode::Normal) + "\n");
    return 0;
  }
  const std::string topic = fmt::format("{}", fmt::join(words, " "));
  if (topic == "exit-codes") return help_exit_codes(run);
  if (topic == "events") return help_events(run);
  if (const CLI::App* const command = find_command(app.root(), words)) {
    std::string before = "assay";
    for (std::size_t i = 0; i + 1 < words.size(); ++i) before += " " + words[i];
    print_text(run, "help", command->help(before));
    return 0;
  }
  const auto type = known_type(topic);
  if (!type) {
    return fail(Errc::not_found, "no help on \"" + topic + "\"", topics_like(app, topic));
  }
  return help_type(run, **type);
}

Result<int> print_schema(Run& run, const std::string& name) {
  if (name.empty()) {
    Json all = Json::object();
    for (const EventType& type : event_types()) {
      if (*known_type(type.name) != &type) continue;
      all[std::string(type.name)] = Json::parse(event_schema(type));
    }
    run.out.line(all.dump(2));
    run.out.member("schemas") = std::move(all);
    return 0;
  }
  const auto type = known_type(name);
  if (!type) return fail(Errc::not_found, type.error().message, type.error().hint);
  Json schema = Json::parse(event_schema(**type));
  run.out.line(schema.dump(2));
  run.out.member("event_schema") = std::move(schema);
  return 0;
}

Status write_man_page(const std::filesystem::path& path, const std::string& page) {
  std::ofstream file(path, std::ios::binary);
  file << page;
  file.close();
  if (!file) return fail(Errc::io, "cannot write " + path.string());
  return {};
}

Result<int> print_man(App& app, Run& run, const std::vector<std::string>& words,
                      const std::string& directory) {
  const auto subcommands = app.root().get_subcommands([](CLI::App*) { return true; });
  if (!directory.empty()) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    ASSAY_CHECK(
        write_man_page(std::filesystem::path(directory) / "assay.1", man_page(app, app.root())));
    for (const CLI::App* sub : subcommands) {
      ASSAY_CHECK(
          write_man_page(std::filesystem::path(directory) / ("assay-" + sub->get_name() + ".1"),
                         man_page(app, *sub)));
    }
    run.out.line(fmt::format("wrote {} pages to {}", subcommands.size() + 1, directory));
    return 0;
  }
  const CLI::App* const command = find_command(app.root(), words);
  if (command == nullptr) {
    return fail(Errc::not_found, fmt::format("no command \"{}\"", fmt::join(words, " ")),
                "`assay help` lists the commands");
  }
  print_text(run, "man_page", man_page(app, *command));
  return 0;
}

}  // namespace

void add_help(App& app) {
  const auto topic = std::make_shared<std::vector<std::string>>();
  CLI::App* const help =
      app.command(nullptr, "help", "Explain a topic, a command or an event type",
                  [&app, topic](Run& run) { return help_topic(app, run, *topic); });
  help->add_option("topic", *topic, "exit-codes, events, a command or an event type")
      ->type_name("TOPIC");

  const auto schema_type = std::make_shared<std::string>();
  CLI::App* const schema =
      app.command(nullptr, "schema", "Print the JSON Schema of an event type, or of all",
                  [schema_type](Run& run) { return print_schema(run, *schema_type); });
  schema->add_option("type", *schema_type, "Event type")->type_name("TYPE");

  struct ManOptions {
    std::vector<std::string> command;
    std::string directory;
  };
  const auto man = std::make_shared<ManOptions>();
  CLI::App* const manual = app.command(
      nullptr, "man", "Print a man page, or write them all",
      [&app, man](Run& run) { return print_man(app, run, man->command, man->directory); });
  manual->add_option("command", man->command, "Command")->type_name("COMMAND");
  manual->add_option("--output", man->directory, "Write every page into this directory")
      ->type_name("DIR");

  const auto shell = std::make_shared<std::string>();
  CLI::App* const completion = app.command(
      nullptr, "completion", "Print a completion script", [&app, shell](Run& run) -> Result<int> {
        ASSAY_TRY(const std::string script, completion_script(app.root(), *shell));
        print_text(run, "script", script);
        return 0;
      });
  completion->add_option("shell", *shell, "bash, zsh or fish")->required()->type_name("SHELL");
  app.describe(completion, "Example:\n  source <(assay completion bash)");
}

}  // namespace assay::cli
