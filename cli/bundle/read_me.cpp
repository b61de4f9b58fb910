#include "cli/bundle/read_me.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/publish/index_page.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/base/words.hpp"

namespace assay::cli {
namespace {

/// More of a list than anybody reads; the files themselves have the rest.
constexpr std::size_t kRowsShown = 2'000;

constexpr std::string_view kReadMeHead = R"(<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evidence: {title}</title>
<style>
body {{ font: 1rem/1.5 sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; border-bottom: 1px solid #999; padding: .2rem .6rem .2rem 0; }}
code, pre {{ font-family: monospace; overflow-wrap: anywhere; white-space: pre-wrap; }}
</style>
</head>
<body>
)";

/// Text from the log, which may hold anything.
std::string plain_text(std::string_view text) { return html_text(shown(text)); }

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string read_me_opening(const ReadMe& page) {
  const verify::BundleIndex& index = page.index;
  std::string text = fmt::format(kReadMeHead, fmt::arg("title", plain_text(index.about)));
  text += fmt::format(
      "<h1>Evidence: {about}</h1>\n"
      "<p>This is a copy of the part of an audit log that belongs to one question: <strong>{about}"
      "</strong>. The log is a list in which every entry was signed by its author, and under whose "
      "signed roots nothing can be changed without notice. Of its {size} entries up to {when} "
      "(UTC), {here} here.</p>\n"
      "<table>\n<tr><th scope=\"row\">Log</th><td><code>{origin}</code></td></tr>\n"
      "<tr><th scope=\"row\">It began as</th><td>{words}</td></tr>\n"
      "<tr><th scope=\"row\">Its full name (log id)</th><td><code>{log}</code></td></tr>\n"
      "<tr><th scope=\"row\">Entries when this was made</th><td>{size}</td></tr>\n"
      "<tr><th scope=\"row\">Signed root over them</th><td><code>{root}</code></td></tr>\n"
      "</table>\n",
      fmt::arg("about", plain_text(index.about)), fmt::arg("size", index.size),
      fmt::arg("when", plain_text(page.recorded_at)),
      fmt::arg("here", index.entries.size() == 1 ? std::string("1 is")
                                                 : fmt::format("{} are", index.entries.size())),
      fmt::arg("origin", plain_text(index.origin)),
      fmt::arg("words", plain_text(words_of(index.log))), fmt::arg("log", index.log.hex()),
      fmt::arg("root", page.checkpoint.root.hex()));
  return text;
}

constexpr std::string_view kProven = R"(<h2>What is proved, once it has been checked</h2>
<ul>
<li>Each entry here stands in the log at the place it names, unaltered to the last byte, under the root that the log's key signed.</li>
<li>Each entry was signed by the key that it names as its author's; the entries that introduced these keys are here as well.</li>
<li>Each evidence file here is the one that an entry names: no other file has its SHA-256.</li>
</ul>
<h2>What is not proved</h2>
<ul>
<li>That what was recorded is true. People and machines say it, under their signature.</li>
<li>That everything was recorded, or that nothing else in the log bears on the question. Only the whole log shows all that was recorded.</li>
<li>That each author was entitled to say what they said, and what it all comes to. That follows from all entries together, and is checked on the whole log.</li>
<li>That nobody was shown another version, or that what came after the last head which you, or a witness, have kept was not made again. Keep heads, and compare them.</li>
<li>When it was said. The times are those that authors and the log's own clock name, unless a witness or a time-stamping authority cosigned.</li>
<li>That this is the log you mean. Compare its twelve words, or its full name above, with what you were given by somebody else than whoever gave you this.</li>
</ul>
)";

std::string left_out(const ReadMe& page) {
  const auto& withheld = page.index.evidence.withheld;
  std::string text =
      fmt::format("<h2>Evidence files</h2>\n<p>{} here.",
                  page.files == 1 ? "1 file is" : fmt::format("{} files are", page.files));
  if (withheld.empty() && page.erased.empty() && page.missing.empty()) {
    return text + " None that these entries name was left out.</p>\n";
  }
  text += fmt::format(
      " {} withheld (profile <code>{}</code>), {} erased, {} missing. Each is named below by its "
      "SHA-256: whoever has such a file can show that it is the one.</p>\n<table>\n<tr><th "
      "scope=\"col\">SHA-256</th><th scope=\"col\">Why it is not here</th></tr>\n",
      count_of(withheld.size(), "is", "are"), enum_text(page.index.evidence.profile),
      count_of(page.erased.size(), "was", "were"), count_of(page.missing.size(), "is", "are"));
  const auto row = [&](const Hash& digest, std::string_view why) {
    text += fmt::format("<tr><td><code>{}</code></td><td>{}</td></tr>\n", digest.hex(),
                        plain_text(why));
  };
  for (const verify::WithheldFile& file : withheld) row(file.digest, "withheld: " + file.reason);
  for (const Hash& digest : page.erased)
    row(digest, "erased where the law asked for it; an entry here says so");
  for (const Hash& digest : page.missing)
    row(digest, "missing: it should be here, and checking will say so");
  return text + "</table>\n";
}

std::string how_to_check(const ReadMe& page) {
  std::string text =
      "<h2>How to check it</h2>\n<ol>\n"
      "<li>That nothing was damaged on the way: unpack the zip and, in its folder, run<pre>"
      "sha256sum -c manifest-sha256.txt\nsha256sum -c tagmanifest-sha256.txt</pre></li>\n";
  if (page.has_verify_html) {
    text +=
        "<li>Without installing anything: open <a href=\"verify.html\">verify.html</a> in a "
        "browser and give it the zip. It needs no network. It came with what it checks, so for "
        "assurance get that page from somebody else.</li>\n";
  }
  if (page.has_verify_sh) {
    text +=
        "<li>In a shell with <code>openssl</code> 3, <code>jq</code> and coreutils, in the "
        "bundle's folder: <pre>sh data/verify.sh .</pre> It is short enough to read first.</li>\n";
  }
  text += fmt::format(
      "<li>With the program <code>assay</code>, which names every claim and what it could not "
      "check:<pre>assay verify BUNDLE.zip --log-id {}</pre></li>\n</ol>\n",
      page.index.log.hex());
  return text;
}

std::string entries_table(const ReadMe& page) {
  std::string text =
      "<h2>The entries</h2>\n<table>\n<tr><th scope=\"col\">Entry</th><th scope=\"col\">Recorded "
      "(UTC)</th><th scope=\"col\">What was said</th></tr>\n";
  std::size_t rows = 0;
  for (const ReadMe::Line& line : page.entries) {
    if (rows++ == kRowsShown) break;
    std::string said;
    for (const std::string& event : line.events) {
      said += (said.empty() ? "" : "<br>") + plain_text(event);
    }
    text += fmt::format(
        "<tr><td><a href=\"entries/{0}.json\">{0}</a></td><td>{1}</td><td>{2}</td></tr>\n",
        line.entry, plain_text(line.recorded_at), said);
  }
  text += "</table>\n";
  if (page.entries.size() > kRowsShown) {
    text += fmt::format("<p>… and {} more, in the folder <code>entries</code>.</p>\n",
                        page.entries.size() - kRowsShown);
  }
  return text;
}

}  // namespace

std::string format_read_me(const ReadMe& page) {
  return read_me_opening(page) + std::string(kProven) + left_out(page) + how_to_check(page) +
         entries_table(page) + "</body>\n</html>\n";
}

}  // namespace assay::cli
