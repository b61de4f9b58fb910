#include "cli/manual/completion.hpp"

#include <fmt/format.h>

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

std::string bash_script(const CLI::App& root) {
  std::string cases;
  walk("", root, [&](const std::string& path, const CLI::App& command) {
    cases += fmt::format("    \"{}\") words=\"{}\" ;;\n", path, words_after(command, root));
  });
  return fmt::format(R"(_assay() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" path="" word words=""
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$word" in -*) ;; *) path="${{path:+$path }}$word" ;; esac
  done
  case "$path" in
{}    *) ;;
  esac
  if [[ -n "$words" ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}}
complete -o default -F _assay assay
)",
                     cases);
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
