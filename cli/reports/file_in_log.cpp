#include "cli/reports/file_in_log.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/why/references.hpp"
#include "ledger/format/entry.hpp"

namespace assay::cli {
namespace {

/// What has been found so far, and so what later entries may have to do with.
class Mentions {
 public:
  explicit Mentions(const GivenFile& file) : file_(file), digest_(file.digest.hex()) {}

  void take(std::string_view bytes) {
    if (!may_concern(bytes) || !parse_entry(bytes, entry_)) return;
    for (std::size_t n = 0; n < entry_.submission.events.size(); ++n) {
      const EventView& event = entry_.submission.events[n];
      const auto data = decode_event(event.type, event.version, event.data);
      if (!data) continue;
      if (const auto mention = judge(event, references_of(*data))) {
        found_.push_back({*mention, EventId{entry_.index, n}, std::string(event.type),
                          std::string(event.subject), entry_.recorded_at, entry_.submission.key});
      }
    }
  }
  [[nodiscard]] std::vector<FileMention> found() && { return std::move(found_); }

 private:
  /// Most entries are not, and parsing is what takes time.
  [[nodiscard]] bool may_concern(std::string_view bytes) const {
    if (bytes.find(digest_) != std::string_view::npos) return true;
    return std::ranges::any_of(found_, [&](const FileMention& mention) {
      return bytes.find('"' + mention.subject + '"') != std::string_view::npos ||
             bytes.find('"' + mention.event.text() + '"') != std::string_view::npos;
    });
  }
  [[nodiscard]] std::optional<Mention> judge(const EventView& event,
                                             const References& references) const {
    if (std::ranges::find(references.files, file_.digest) != references.files.end()) {
      return Mention::names;
    }
    for (const FileMention& earlier : found_) {
      if (earlier.mention != Mention::names) continue;
      if (std::ranges::find(references.events, earlier.event) != references.events.end()) {
        return Mention::refers;
      }
      if (event.subject != earlier.subject) continue;
      if (event.type == "document_superseded") return Mention::supersedes;
      if (event.type == earlier.type && !references.files.empty()) return Mention::again;
    }
    return std::nullopt;
  }

  const GivenFile& file_;
  std::string digest_;
  EntryView entry_;
  std::vector<FileMention> found_;
};

std::string author_of(const projections::Register& programme, const Hash& key) {
  const Identifier* const party = programme.party_of(key);
  return party == nullptr ? "key " + key.hex().substr(0, 12) : party->text;
}

const char* words_for(Mention mention) {
  switch (mention) {
    case Mention::names: return "names it";
    case Mention::again: return "names another file instead";
    case Mention::supersedes: return "supersedes a version";
    case Mention::refers: return "refers to that";
  }
  return "";
}

}  // namespace

bool looks_reported(const std::string& path) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(path, unknown) || path.ends_with(".zip")) return false;
  std::ifstream file(path, std::ios::binary);
  char head[2] = {};
  return !file.read(head, 2) || std::string_view(head, 2) != "PK";
}

Result<GivenFile> read_given_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::error_code unknown;
  if (!file || !std::filesystem::is_regular_file(name, unknown)) {
    return fail(Errc::io, "cannot read " + shown(name), "name an ordinary file");
  }
  Digest digest = Digest::sha256();
  GivenFile given{name, {}, 0};
  std::string piece(std::size_t{1} << 16U, '\0');
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto count = static_cast<std::size_t>(file.gcount());
    digest.update(std::string_view(piece).substr(0, count));
    given.size_bytes += count;
  }
  if (file.bad()) return fail(Errc::io, "cannot read " + shown(name));
  ASSAY_TRY(given.digest, Hash::from_hex(digest.finish_hex()));
  return given;
}

Result<std::vector<FileMention>> mentions_of(const verify::Source& source, std::uint64_t size,
                                             const GivenFile& file) {
  Mentions mentions(file);
  ASSAY_CHECK(
      source.read(0, size, [&](std::uint64_t, std::string_view bytes) { mentions.take(bytes); }));
  return std::move(mentions).found();
}

void show_given_file(const Run& run, const projections::Register& programme, const GivenFile& file,
                     const std::vector<FileMention>& mentions) {
  Json events = Json::array();
  std::vector<std::vector<std::string>> rows;
  bool named = false;
  for (const FileMention& one : mentions) {
    named = named || one.mention == Mention::names;
    rows.push_back({one.event.text(), one.recorded_at.text(), words_for(one.mention), one.type,
                    one.subject, "by " + author_of(programme, one.key)});
    events.push_back({{"event", one.event.text()},
                      {"recorded_at", one.recorded_at.text()},
                      {"mention", enum_text(one.mention)},
                      {"type", one.type},
                      {"subject", one.subject},
                      {"key", one.key.hex()},
                      {"party", author_of(programme, one.key)}});
  }
  run.out.line();
  run.out.line(fmt::format("{}  ({} bytes, SHA-256 {})", shown(file.name), file.size_bytes,
                           file.digest.hex()));
  if (named) {
    run.out.table({"event", "recorded at", "", "type", "subject", ""}, rows);
    run.out.line("Its bytes are those; whether what it says is true, no log can tell.");
  } else {
    run.out.line(
        run.out.red("✗ no event of this log names a file with these bytes: it was altered, "
                    "or never recorded here"));
  }
  run.out.member("file") = {{"name", file.name},
                            {"digest", file.digest.hex()},
                            {"size_bytes", file.size_bytes},
                            {"named", named},
                            {"events", std::move(events)}};
}

}  // namespace assay::cli
