#include "cli/manual/man_page.hpp"

#include <fmt/format.h>

#include "cli/exit_code.hpp"

namespace assay::cli {
namespace {

/// Text that roff must not read as a request or an escape.
std::string escaped(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out.push_back(c);
    }
    line_start = c == '\n';
  }
  return out;
}

std::string command_path(const CLI::App* command) {
  if (command->get_parent() == nullptr) return "assay";
  return command_path(command->get_parent()) + " " + command->get_name();
}

/// ".B assay show" and what it takes: \fI…\fR for what the reader puts in.
std::string synopsis(const CLI::App& command) {
  const bool is_group = !command.get_subcommands([](const CLI::App*) { return true; }).empty();
  std::string line = fmt::format(".B {}\n[\\fIOPTIONS\\fR]", escaped(command_path(&command)));
  if (is_group) return line + " \\fICOMMAND\\fR\n";
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_lnames().empty() || !option->get_snames().empty()) {
      if (!option->get_required()) continue;
      line += fmt::format(" \\fB{}\\fR \\fI{}\\fR", escaped("--" + option->get_lnames().front()),
                          escaped(option->get_type_name()));
      continue;
    }
    const std::string name = fmt::format("\\fI{}\\fR{}", escaped(option->get_type_name()),
                                         option->get_items_expected_max() > 1 ? " ..." : "");
    line += option->get_required() ? " " + name : " [" + name + "]";
  }
  return line + "\n";
}

std::vector<const CLI::App*> visible_subcommands(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App* sub) { return !sub->get_group().empty(); });
}

void append_options(std::string& out, const CLI::App& command, std::string_view group) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_group() != group) continue;
    const bool positional = option->get_lnames().empty() && option->get_snames().empty();
    std::string name = positional ? option->get_type_name() : option->get_name(false, true);
    if (!positional && option->get_expected_max() > 0 && !option->get_type_name().empty() &&
        option->get_items_expected_max() > 0) {
      name += " " + option->get_type_name();
    }
    out += fmt::format(".TP\n\\fB{}\\fR\n{}\n", escaped(name), escaped(option->get_description()));
  }
}

void append_command(std::string& out, const App& app, const CLI::App& command) {
  out += fmt::format(".SS {}\n{}\n", escaped(command_path(&command)),
                     escaped(command.get_description()));
  append_options(out, command, "Positionals");
  append_options(out, command, "Options");
  if (const std::string text = app.description(&command); !text.empty()) {
    out += fmt::format(".PP\n.nf\n{}\n.fi\n", escaped(text));
  }
}

void append_exit_codes(std::string& out) {
  out += ".SH EXIT STATUS\n";
  for (const ExitCodeRow& row : exit_code_table()) {
    out += fmt::format(".TP\n\\fB{}\\fR\n{}\n", static_cast<int>(row.code), escaped(row.meaning));
  }
}

}  // namespace

std::string man_page(const App& app, const CLI::App& command) {
  const bool top = command.get_parent() == nullptr;
  std::string title = command_path(&command);
  for (char& c : title) c = c == ' ' ? '-' : c;
  std::string out = fmt::format(".TH {} 1 {} \"assay {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n",
                                escaped(title), kVersionDate, kVersion, escaped(title),
                                escaped(command.get_description()));
  out += ".SH SYNOPSIS\n" + synopsis(command);
  for (const CLI::App* sub : top ? std::vector<const CLI::App*>() : visible_subcommands(command)) {
    out += ".br\n" + synopsis(*sub);
  }
  if (top) {
    out += ".SH COMMANDS\n";
    for (const CLI::App* sub : visible_subcommands(command)) {
      out += fmt::format(".TP\n\\fB{}\\fR(1)\n{}\n", escaped("assay-" + sub->get_name()),
                         escaped(sub->get_description()));
    }
    out += ".SH OPTIONS\n";
    append_options(out, command, "Global options");
  } else {
    out += ".SH DESCRIPTION\n";
    append_command(out, app, command);
    for (const CLI::App* sub : visible_subcommands(command)) append_command(out, app, *sub);
  }
  append_exit_codes(out);
  out +=
      top ? ".SH SEE ALSO\nThe format and the threat model are described in the project's docs.\n"
          : ".SH SEE ALSO\n.BR assay (1)\n";
  return out;
}

}  // namespace assay::cli
