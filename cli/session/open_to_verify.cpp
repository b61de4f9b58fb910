#include "cli/session/open_to_verify.hpp"

#include <algorithm>

#include "cli/sources/directory_tree.hpp"
#include "cli/sources/web_tree.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/note.hpp"

namespace assay::cli {
namespace {

std::unexpected<Error> no_checkpoint(const std::string& address) {
  return fail(Errc::incomplete, "what " + address + " answers for \"checkpoint\" is no checkpoint",
              "look at it with a browser: a login page or a proxy may stand between");
}

/// What was published may have come from anybody: a file that is refused unread was not checked.
Result<OpenedLog> open_published(const Run& run, std::unique_ptr<const verify::FileTree> files) {
  auto log = open_published_to_verify(*files);
  if (!log && (log.error().code == Errc::rejected || log.error().code == Errc::limit)) {
    log.error().code = Errc::incomplete;
  }
  if (!log) return std::unexpected(std::move(log).error().in(run.globals.ledger));
  return OpenedLog{std::move(files), *std::move(log)};
}

/// Who takes a folder for one thing and who takes it for another would read two logs in it.
Status check_is_one_thing(const std::string& place, const DirectoryTree& tree) {
  ASSAY_TRY(const auto names, tree.list(""));
  const auto has = [&](std::string_view name) { return std::ranges::binary_search(*names, name); };
  if (has("data")) {
    return fail(Errc::incomplete, place + " is a published directory and a bundle at once",
                "it has a \"checkpoint\" and a folder \"data\": one of them does not belong there");
  }
  if (!has("bundle.json") || has("tile")) return {};
  return fail(Errc::incomplete, place + " is the inside of a bundle",
              "name the folder around it, or the zip that it came in");
}

/// Whatever stands between may answer with a page of its own, also with status 200. That is not
/// what somebody published, so it says nothing of the log.
Status check_answers(const std::string& address, const verify::FileTree& tree) {
  const auto text = tree.read("checkpoint", limits::kNoteSizeBytes);
  if (!text && text.error().code == Errc::limit) return no_checkpoint(address);
  if (!text) return {};  // said by whoever reads the log
  const auto note = parse_note(*text);
  return note && parse_checkpoint(note->text) ? Status{} : no_checkpoint(address);
}

}  // namespace

Result<OpenedLog> open_to_verify(const Run& run, std::uint32_t web_time_s) {
  const std::string& place = run.globals.ledger;
  if (is_web_address(place)) {
    ASSAY_TRY(auto tree, WebTree::open(place, web_time_s));
    ASSAY_CHECK(check_answers(place, *tree));
    return open_published(run, std::move(tree));
  }
  if (looks_published(place)) {
    ASSAY_TRY(DirectoryTree tree, DirectoryTree::open(place));
    ASSAY_CHECK(check_is_one_thing(place, tree));
    return open_published(run, std::make_unique<DirectoryTree>(std::move(tree)));
  }
  ASSAY_TRY(auto log, open_ledger_to_verify(run));
  return OpenedLog{nullptr, std::move(log)};
}

void add_web_time_option(CLI::App* command, std::uint32_t& web_time_s) {
  command
      ->add_option("--timeout", web_time_s,
                   "Give up on a log on the web after this long in all [3600]")
      ->check(CLI::Range(std::uint32_t{1}, std::uint32_t{86'400}).description(""))
      ->type_name("SECONDS");
}

}  // namespace assay::cli
