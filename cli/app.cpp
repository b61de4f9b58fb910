#include "cli/app.hpp"

#include <algorithm>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "ledger/base/text_distance.hpp"

namespace assay::cli {
namespace {

/// The command that was named last on the line: "key" in "assay key nwe".
const CLI::App* deepest(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  return at;
}

std::string full_name(const CLI::App* command) {
  if (command->get_parent() == nullptr) return "assay";
  return full_name(command->get_parent()) + " " + command->get_name();
}

/// What the envelope of this command is called: "key_new" of "assay key new", "what_if" of
/// "assay what-if".
std::string schema_of(const CLI::App* command) {
  std::string name = full_name(command).substr(std::string("assay ").size());
  for (const char mark : {' ', '-'}) std::replace(name.begin(), name.end(), mark, '_');
  return name;
}

std::string help_of(const CLI::App* command) {
  const CLI::App* const parent = command->get_parent();
  return command->help(parent == nullptr ? std::string() : full_name(parent)) + "\n";
}

/// Whether the answer is to be JSON. Asked of the words themselves: where they could not be parsed,
/// the parser has not stored them either.
bool asks_for_json(const std::vector<std::string>& arguments) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return std::find(arguments.begin(), end, "--json") != end;
}

/// The first option or argument that was given as "", as a script does with a variable that is not
/// set. Read as "not given" it would leave out what was asked for, such as a pin.
const CLI::Option* given_empty(const CLI::App* app) {
  for (const CLI::Option* option : app->get_options()) {
    if (std::ranges::find(option->results(), "") != option->results().end()) return option;
  }
  for (const CLI::App* command : app->get_subcommands()) {
    if (const CLI::Option* found = given_empty(command)) return found;
  }
  return nullptr;
}

/// The nearest command or option that exists where `word` stood.
std::string suggestion(const CLI::App* where, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* at = where; at != nullptr; at = at->get_parent()) {
    for (const CLI::Option* option : at->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    if (at == where) {
      for (const CLI::App* sub : at->get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(sub->get_name());
      }
    }
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  return std::string(nearest_text(word.substr(0, word.find('=')), known));
}

}  // namespace

App::App(const Context& context)
    : context_(context), root_("Keeps test evidence in a log that anyone can verify.", "assay") {
  root_.set_version_flag("--version", std::string("assay ") + kVersion);
  root_.require_subcommand(0, 1);
  root_.option_defaults()->group("Global options");
  root_.add_option("-L,--ledger", globals_.ledger, "Ledger directory [$ASSAY_LEDGER, or .]")
      ->type_name("DIR");
  root_.add_option("--keys", globals_.keys, "Key directory [$ASSAY_KEYS, or ~/.config/assay/keys]")
      ->type_name("DIR");
  root_
      .add_option("--passphrase-from", globals_.passphrase_from,
                  "Where the key's passphrase comes from: prompt, file:PATH or fd:N (one line "
                  "for all keys, or one a key, the log's first) "
                  "[$ASSAY_PASSPHRASE_FROM, or prompt]")
      ->type_name("SOURCE");
  root_
      .add_option("--log-passphrase-from", globals_.log_passphrase_from,
                  "The same for the log's key [$ASSAY_LOG_PASSPHRASE_FROM, or --passphrase-from]")
      ->type_name("SOURCE");
  root_.add_flag("--json", globals_.json, "Answer with one JSON object on standard output");
  root_.add_flag("-q,--quiet", globals_.quiet, "No progress and no messages but errors");
  root_.add_option("--color", globals_.colour, "When to use colour: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  root_.add_flag_callback("--no-color", [this] { globals_.colour = "never"; }, "As --color never");
  root_
      .add_option("--progress-fd", globals_.progress_fd,
                  "Report progress to this open descriptor, one JSON object a line")
      ->check(CLI::Range(0, 1'048'576).description(""))
      ->type_name("N");
  root_.option_defaults()->group("Options");
}

CLI::App* App::command(CLI::App* parent, const std::string& name, const std::string& summary,
                       Action action) {
  CLI::App* const command = (parent == nullptr ? &root_ : parent)->add_subcommand(name, summary);
  command->fallthrough();
  if (action) actions_[command] = std::move(action);
  return command;
}

CLI::App* App::group(const std::string& name, const std::string& summary) {
  CLI::App* const group = command(nullptr, name, summary, {});
  group->require_subcommand(0, 1);
  return group;
}

void App::describe(CLI::App* command, std::string text) {
  command->footer(text);
  descriptions_[command] = std::move(text);
}

std::string App::description(const CLI::App* command) const {
  const auto found = descriptions_.find(command);
  return found == descriptions_.end() ? std::string() : found->second;
}

void App::fill_from_environment() {
  const auto fill = [&](std::string& value, std::string_view name) {
    if (value.empty()) value = context_.environment(name).value_or("");
  };
  fill(globals_.ledger, "ASSAY_LEDGER");
  fill(globals_.keys, "ASSAY_KEYS");
  fill(globals_.passphrase_from, "ASSAY_PASSPHRASE_FROM");
  fill(globals_.log_passphrase_from, "ASSAY_LOG_PASSPHRASE_FROM");
  if (globals_.ledger.empty()) globals_.ledger = ".";
  if (globals_.keys.empty()) {
    const auto config = context_.environment("XDG_CONFIG_HOME");
    const std::string home = context_.environment("HOME").value_or(".");
    globals_.keys = (config && !config->empty() ? *config : home + "/.config") + "/assay/keys";
  }
  if (globals_.passphrase_from.empty()) globals_.passphrase_from = "prompt";
  if (globals_.log_passphrase_from.empty()) globals_.log_passphrase_from = globals_.passphrase_from;
}

int App::usage_error(const std::string& message, const std::vector<std::string>& arguments) {
  const CLI::App* const where = deepest(root_);
  Error error{Errc::invalid_argument, message, "see `" + full_name(where) + " --help`",
              std::nullopt};
  for (const std::string& word : arguments) {
    // Name the nearest thing for the word that nobody understood.
    if (message.find(word) == std::string::npos || word.size() < 2) continue;
    const std::string nearest = suggestion(where, word);
    if (!nearest.empty() && nearest != word) error.hint = "did you mean \"" + nearest + "\"?";
  }
  Output out(context_, {globals_.json, globals_.quiet, false});
  if (where != &root_) out.set_schema(schema_of(where));
  return out.finish(static_cast<int>(ExitCode::usage), &error);
}

int App::show_help(const CLI::App& command) {
  Output out(context_, {globals_.json, globals_.quiet, false});
  out.set_schema("help");
  out.raw(help_of(&command));
  out.member("help") = help_of(&command);
  return out.finish(static_cast<int>(ExitCode::done));
}

int App::show_version() {
  Output out(context_, {globals_.json, globals_.quiet, false});
  out.set_schema("version");
  out.line(std::string("assay ") + kVersion);
  out.member("version") = kVersion;
  return out.finish(static_cast<int>(ExitCode::done));
}

int App::run(const std::vector<std::string>& arguments) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  globals_.json = asks_for_json(arguments);
  try {
    root_.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return show_help(*deepest(root_));
  } catch (const CLI::CallForVersion&) {
    return show_version();
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what(), arguments);
  }
  if (const CLI::Option* option = given_empty(&root_)) {
    return usage_error(option->get_name() + " was given an empty value", {});
  }
  fill_from_environment();
  return run_command(*deepest(root_));
}

int App::run_command(const CLI::App& command) {
  const auto action = actions_.find(&command);
  if (action == actions_.end()) {
    if (&command == &root_) return show_help(command);
    return usage_error(full_name(&command) + " needs one of its commands", {});
  }
  const bool no_colour = !context_.environment("NO_COLOR").value_or("").empty() ||
                         context_.environment("TERM").value_or("") == "dumb";
  const bool colour = globals_.colour == "always" ||
                      (globals_.colour == "auto" && context_.out_is_terminal && !no_colour);
  Output out(context_, {globals_.json, globals_.quiet, colour});
  out.set_schema(schema_of(&command));
  Passphrases passphrases;
  Run run{context_, globals_, out, passphrases};
  const Result<int> result = action->second(run);
  if (result) return out.finish(*result);
  return out.finish(static_cast<int>(exit_code_of(result.error().code)), &result.error());
}

}  // namespace assay::cli
