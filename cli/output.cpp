#include "cli/output.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

/// Width without escape sequences of our own.
std::size_t cell_width(std::string_view cell) {
  std::size_t width = display_width(cell);
  for (std::size_t at = cell.find('\x1b'); at != std::string_view::npos;
       at = cell.find('\x1b', at + 1)) {
    const std::size_t end = cell.find('m', at);
    width -= end == std::string_view::npos ? 0 : end - at + 1;
  }
  return width;
}

}  // namespace

Json to_json(const Error& error) {
  Json json = {{"code", name_of(error.code)}, {"message", error.message}};
  if (!error.hint.empty()) json["hint"] = error.hint;
  if (error.entry) json["entry"] = *error.entry;
  return json;
}

Output::Output(const Context& context, OutputOptions options)
    : context_(context), options_(options), started_(context.now()) {}

std::string Output::styled(std::string_view code, std::string_view text) const {
  if (!options_.colour) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

void Output::line(std::string_view text) {
  if (!options_.json) context_.out << text << '\n';
}

void Output::raw(std::string_view bytes) {
  if (!options_.json) context_.out << bytes;
}

void Output::note(std::string_view text) {
  if (!options_.quiet) context_.err << text << '\n';
}

void Output::warn(std::string_view text) { context_.err << "assay: warning: " << text << '\n'; }

void Output::table(const std::vector<std::string>& head,
                   const std::vector<std::vector<std::string>>& rows) {
  if (options_.json) return;
  std::vector<std::size_t> widths;
  for (const std::string& cell : head) widths.push_back(cell_width(cell));
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], cell_width(row[i]));
  }
  const auto print = [&](const std::vector<std::string>& row, bool heading) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += heading && !row[i].empty() ? dim(row[i]) : row[i];
      if (i + 1 < row.size()) text.append(widths[i] - cell_width(row[i]) + 2, ' ');
    }
    text.erase(text.find_last_not_of(' ') + 1);
    line(text);
  };
  print(head, true);
  for (const auto& row : rows) print(row, false);
}

void Output::write_json(const Json& json) {
  context_.out << shown_json(json.dump(-1, ' ', false, Json::error_handler_t::replace)) << '\n';
}

void Output::record(const std::string& type, Json members) {
  if (!is_stream()) return;
  Json json = {{"type", type}};
  json.update(members);
  write_json(json);
  context_.out.flush();
}

int Output::finish(int code, const Error* error) {
  if (error != nullptr) {
    context_.err << styled("31", "assay: error:") << ' ' << shown(error->message) << '\n';
    // Of a refusal the entry is the one that was not made; only of evidence is it a place to look.
    if (error->entry && code >= static_cast<int>(ExitCode::hash)) {
      context_.err << "  entry " << *error->entry << '\n';
    }
    if (!error->hint.empty()) context_.err << "  " << shown(error->hint) << '\n';
  }
  if (options_.json) {
    Json json = Json::object();
    if (is_stream_) json["type"] = "result";
    json.update({{"schema", "assay." + command_ + "/1"}, {"ok", code == 0}, {"exit_code", code}});
    if (error != nullptr) json["error"] = to_json(*error);
    for (auto& [name, value] : envelope_.items()) json[name] = std::move(value);
    json["elapsed_ms"] = (context_.now().us - started_.us) / 1000;
    write_json(json);
  }
  context_.out.flush();
  if (!context_.out) {
    // Whoever reads the answer must not take a part of it for the whole.
    context_.err << "assay: error: cannot write standard output\n";
    if (code == 0) return static_cast<int>(ExitCode::internal);
  }
  return code;
}

}  // namespace assay::cli
