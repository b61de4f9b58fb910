#include "cli/publish/index_page.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"
#include "ledger/base/words.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kHead =
    R"(<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{0}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff }}
code {{ overflow-wrap: anywhere }}
table {{ border-collapse: collapse }}
th, td {{ border: 1px solid #777; padding: .25rem .6rem; text-align: left; vertical-align: top }}
a {{ color: #00479d }}
@media print {{ body {{ margin: 0; max-width: none }} }}
</style>
</head>
<body>
<main>
<h1>{0}</h1>
)";

/// Text from outside: nothing invisible, nothing that is read as a tag.
std::string safe(std::string_view text) { return html_text(shown(text)); }

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string identity(const IndexPage& page) {
  return fmt::format(
      "<p>This is a copy of a test-evidence ledger: every event of a test programme that was "
      "recorded "
      "in it, signed by whoever recorded it, in the order in which it came. It was made by its "
      "operator, so nothing on this page is proof of anything. The files beside it are, for "
      "whoever "
      "checks them.</p>\n"
      "<table>\n"
      "<tr><th scope=\"row\">Origin</th><td>{}</td></tr>\n"
      "<tr><th scope=\"row\">Began as</th><td>{}<br><code>{}</code></td></tr>\n"
      "<tr><th scope=\"row\">Entries</th><td>{}, the last recorded at {}</td></tr>\n"
      "<tr><th scope=\"row\">Root</th><td>{}<br><code>{}</code></td></tr>\n"
      "<tr><th scope=\"row\">Key of the log</th><td><code>{}</code></td></tr>\n"
      "</table>\n"
      "<p>Anyone can make another log of the same origin. The twelve words after &#8220;began "
      "as&#8221; tell this one apart; have them from somewhere else than this page.</p>\n",
      safe(page.checkpoint.origin), words_of(page.log_id), page.log_id.hex(), page.checkpoint.size,
      safe(page.recorded_at), words_of(page.checkpoint.root), page.checkpoint.root.hex(),
      safe(page.vkey));
}

std::string phases(const IndexPage& page) {
  std::string html = "<h2>Where the programme stands</h2>\n";
  if (page.phases.empty()) {
    html += "<p>No test phase has been planned yet.</p>\n";
  } else {
    html +=
        "<table>\n<tr><th scope=\"col\">Phase</th><th scope=\"col\">Name</th><th "
        "scope=\"col\">State</th><th scope=\"col\">Planned entries</th></tr>\n";
    for (const projections::PhaseLine& phase : page.phases) {
      html += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                          safe(phase.phase.text), safe(phase.name), enum_text(phase.state),
                          phase.entries);
    }
    html += "</table>\n";
  }
  html += fmt::format(
      "<p>{} of programme rules, {} of them waived. Run <code>assay findings</code> on the ledger, "
      "or fold the log yourself, to see them with the events that show each.</p>\n",
      counted(page.findings, "finding", "findings"), page.findings_waived);
  return html;
}

std::string evidence(const IndexPage& page) {
  std::string html = fmt::format(
      "<h2>Evidence files</h2>\n<p>Profile <strong>{}</strong>: {} here, under the name of its "
      "SHA-256 in <code>evidence/</code>; {} withheld on purpose; {} erased by an event of the "
      "log; "
      "{} named by the log and missing.</p>\n",
      enum_text(page.evidence.profile), counted(page.evidence_published, "file is", "files are"),
      page.evidence.withheld.size(), page.evidence_erased, page.evidence_missing);
  if (page.evidence.withheld.empty()) return html;
  html += "<table>\n<tr><th scope=\"col\">Withheld</th><th scope=\"col\">Why</th></tr>\n";
  for (const verify::WithheldFile& file : page.evidence.withheld) {
    html += fmt::format("<tr><td><code>{}</code></td><td>{}</td></tr>\n", file.digest.hex(),
                        safe(file.reason));
  }
  return html + "</table>\n";
}

std::string rulebooks(const IndexPage& page) {
  if (page.rulebooks.empty()) return {};
  std::string html = "<h2>Rulebooks</h2>\n<p>Policies that the log holds, for reading:</p>\n<ul>\n";
  for (const std::string& name : page.rulebooks) {
    html += fmt::format("<li><a href=\"rulebooks/{0}\">{0}</a></li>\n", safe(name));
  }
  return html + "</ul>\n";
}

std::string checking(const IndexPage& page) {
  std::string html =
      "<h2>How to check it</h2>\n<ul>\n"
      "<li>With the program: <code>assay verify ADDRESS --log-id WORDS</code>, where ADDRESS is "
      "that "
      "of this page or a folder with these files, and WORDS are the twelve words that you had from "
      "elsewhere. It recomputes every hash, signature and state.</li>\n";
  if (page.has_verify_html) {
    html +=
        "<li>In a browser, without any program: open <a href=\"verify.html\">verify.html</a> and "
        "give "
        "it a folder with these files. A page that comes together with what it checks could have "
        "been "
        "altered together with it; for assurance, keep a copy of your own.</li>\n";
  }
  if (page.has_verify_sh) {
    html +=
        "<li>In a shell with openssl, coreutils and jq: read <a href=\"verify.sh\">verify.sh</a>, "
        "then "
        "run it on a folder with these files.</li>\n";
  }
  return html +
         "<li>By hand: <a href=\"checkpoint\">checkpoint</a> is a C2SP signed note, and "
         "<code>tile/</code> holds C2SP tlog-tiles, which other tools read as well.</li>\n</ul>\n"
         "<h2>What is not proven</h2>\n<ul>\n"
         "<li>That everything was recorded. A log proves that nothing in it was altered or taken "
         "out; "
         "what was never put in leaves no gap.</li>\n"
         "<li>That what was recorded is true. A false result that somebody typed in and signed "
         "stands "
         "here like a true one, with their name.</li>\n"
         "<li>That this is the newest state, or the only one. Whoever keeps a checkpoint from "
         "earlier "
         "can prove that this log extends it; a witness who cosigned it says that no other was "
         "shown.</li>\n</ul>\n";
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default: html += c;
    }
  }
  return html;
}

std::string format_index_page(const IndexPage& page) {
  return fmt::format(fmt::runtime(kHead), safe(page.programme)) + identity(page) + phases(page) +
         evidence(page) + rulebooks(page) + checking(page) + "</main>\n</body>\n</html>\n";
}

}  // namespace assay::cli
