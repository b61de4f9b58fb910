#include "cli/manual/completion.hpp"

#include <functional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/events/catalogue.hpp"

namespace assay::cli {
namespace {

using Visit = std::function<void(const std::string& path, const CLI::App& command)>;

void walk(const std::string& path, const CLI::App& command, const Visit& visit) {
  visit(path, command);
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
    walk(path.empty() ? sub->get_name() : path + " " + sub->get_name(), *sub, visit);
  }
}

std::string words_after(const CLI::App& command, const CLI::App& root) {
  std::string words;
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
    words += sub->get_name() + " ";
  }
  for (const CLI::App* from : {&command, &root}) {
    for (const CLI::Option* option : from->get_options()) {
      for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
    }
    if (&command == &root) break;
  }
  return words;
}

/// Options whose next word is a value, of every command: no word of the command's own.
std::string valued_options(const CLI::App& root) {
  std::set<std::string> names;
  walk("", root, [&](const std::string&, const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
      if (option->get_items_expected_max() == 0) continue;
      for (const std::string& name : option->get_lnames()) names.insert("--" + name);
      for (const std::string& name : option->get_snames()) names.insert("-" + name);
    }
  });
  return fmt::format("{}", fmt::join(names, "|"));
}

std::string type_names() {
  std::set<std::string_view> names;
  for (const EventType& type : event_types()) names.insert(type.name);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string bash_script(const CLI::App& root) {
  std::string cases;
  walk("", root, [&](const std::string& path, const CLI::App& command) {
    // These take an event type where another command has a subcommand.
    const bool takes_type =
        path == "record" || path == "draft" || path == "schema" || path == "help";
    cases += fmt::format("    \"{}\") words=\"{}{}\" ;;\n", path, words_after(command, root),
                         takes_type ? "$types" : "");
  });
  return fmt::format(R"(_assay() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD - 1]}}"
  local path="" word words="" skip=""
  local types="{}"
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    if [[ -n "$skip" ]]; then skip="" && continue; fi
    case "$word" in
      {}) skip=yes ;;
      -*) ;;
      *) path="${{path:+$path }}$word" ;;
    esac
  done
  if [[ -n "$skip" ]]; then
    if [[ "$previous" == --type ]]; then
      mapfile -t COMPREPLY < <(compgen -W "$types" -- "$current")
    fi
    return
  fi
  case "$path" in
{}    *) ;;
  esac
  # What a command takes beside its options comes after its own words.
  while [[ -z "$words" && "$path" == *" "* ]]; do
    path="${{path% *}}"
    case "$path" in
{}      *) ;;
    esac
    words=$(for word in $words; do [[ "$word" == -* ]] && echo "$word"; done)
  done
  if [[ -n "$words" ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}}
complete -o default -F _assay assay
)",
                     type_names(), valued_options(root), cases, cases);
}

std::string quoted(std::string text) {
  for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 4)) {
    text.replace(at, 1, "'\\''");
  }
  return "'" + text + "'";
}

std::string fish_script(const CLI::App& root) {
  std::string out = "complete -c assay -f\n";
  walk("", root, [&](const std::string& path, const CLI::App& command) {
    const std::string condition =
        path.empty() ? "__fish_use_subcommand"
                     : "__fish_seen_subcommand_from " + path.substr(path.rfind(' ') + 1);
    for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
      out += fmt::format("complete -c assay -n {} -a {} -d {}\n", quoted(condition),
                         sub->get_name(), quoted(sub->get_description()));
    }
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& name : option->get_lnames()) {
        out += fmt::format("complete -c assay -n {} -l {} -d {}\n", quoted(condition), name,
                           quoted(option->get_description()));
      }
    }
  });
  return out;
}

}  // namespace

Result<std::string> completion_script(const CLI::App& root, const std::string& shell) {
  if (shell == "bash") return bash_script(root);
  if (shell == "fish") return fish_script(root);
  // zsh runs bash completions through its own emulation.
  if (shell == "zsh") {
    return "#compdef assay\nautoload -U +X bashcompinit && bashcompinit\n" + bash_script(root);
  }
  return fail(Errc::invalid_argument, "no completions for \"" + shell + "\"",
              "bash, zsh and fish are known");
}

}  // namespace assay::cli
