// Damaged, odd and malicious reports, against what an importer must do with each.

#include "cli/import/visible.hpp"
#include "tests/vectors/import/corpus.hpp"

using namespace assay;
using namespace assay::import;

namespace {

Reading hostile(const char* file) { return read(bytes_of(kShared / "reports/hostile" / file)); }

std::string durations(const Reading& r) {
  std::string text;
  for (const JunitCase& c : r.cases)
    text += (c.duration_ns ? std::to_string(*c.duration_ns) : std::string("-")) + ' ';
  return text;
}

}  // namespace

TEST_CASE("hostile reports are accepted, flagged or refused as the corpus says", "[hostile]") {
  const nlohmann::json expected = json_of(kShared / "junit/hostile/expected.json");
  std::size_t compared = 0;
  for (const auto& file : reports_in(kShared / "junit/hostile")) {
    CAPTURE(file.filename());
    const nlohmann::json& truth = expected.at(file.filename().string());
    const std::string verdict = truth.at("verdict");
    const Reading r = read(bytes_of(file));
    ++compared;
    if (verdict == "reject" || verdict == "either") {
      REQUIRE(r.error);
      CHECK(r.error->code == Errc::malformed);
      CHECK(r.error->message.find("byte ") != std::string::npos);
      CHECK(r.cases.empty());
      continue;
    }
    REQUIRE_FALSE(r.error);
    CHECK(r.summary.elements.cases == truth.at("cases").get<std::uint64_t>());
    CHECK(r.cases.size() == truth.at("cases").get<std::uint64_t>());
    if (truth.contains("name")) CHECK(r.cases[0].name == truth.at("name").get<std::string>());
    if (truth.contains("failures"))
      CHECK(r.summary.elements.failures == truth.at("failures").get<std::uint64_t>());
    if (truth.contains("flaky"))
      CHECK(r.summary.elements.flaky == truth.at("flaky").get<std::uint64_t>());
    if (verdict == "flag") CHECK_FALSE(r.summary.warnings.empty());
    if (verdict == "accept") CHECK(r.summary.warnings.empty());
  }
  CHECK(compared == expected.size());
}

TEST_CASE("no repair turns a refusal that is about meaning into results", "[hostile][repair]") {
  for (const char* file :
       {"cesu8-surrogates.xml", "charref-too-big.xml", "duplicate-attribute.xml",
        "entity-in-text-laughs.xml", "latin1-declared-utf8.xml", "leading-text.xml",
        "other-root.xml", "quadratic-blowup.xml", "truncated-after-cases.xml",
        "truncated-cdata.xml", "two-roots.xml", "unknown-entity.xml", "utf7.xml", "whitespace.xml",
        "xml11.xml", "xxe-http.xml"}) {
    CAPTURE(file);
    CHECK(read_repaired(bytes_of(kShared / "junit/hostile" / file)).error);
  }
  const Reading control = read_repaired(bytes_of(kShared / "junit/hostile/control-char.xml"));
  CHECK(control.summary.mends.size() == 2);
  const Reading nul = read_repaired(bytes_of(kShared / "junit/hostile/charref-nul.xml"));
  CHECK(nul.cases.at(0).name ==
        "a\xE2\x90\x80"
        "b");
}

TEST_CASE("h01, h02, h08 and h09 are unusable, and say why", "[hostile]") {
  CHECK(hostile("h01-truncated-mid-element.xml").error->message.ends_with("inside a tag"));
  CHECK(
      hostile("h02-latin1-bytes-declared-utf8.xml").error->message.ends_with("is not UTF-8 here"));
  CHECK(hostile("h08-empty.xml").error->message.ends_with("the file is empty"));
  CHECK(hostile("h09-root-html.xml").error->message.starts_with("an HTML page"));
}

TEST_CASE("h03 and h16: byte order marks are no part of the text", "[hostile]") {
  const Reading utf16 = hostile("h03-utf16le-bom.xml");
  CHECK(utf16.outcomes() == "PFS");
  CHECK(utf16.cases.at(1).details.at(0).message.value == "Zähler 電力量計 differs");
  CHECK(utf16.cases[0].name == "TC-INSTALL-ESME-01");
  const Reading utf8 = hostile("h16-utf8-bom.xml");
  CHECK(utf8.outcomes() == "PFS");
  CHECK(utf8.cases[0].suite->name == "TC-INSTALL-ESME");
}

TEST_CASE("h04 and h05: no entity is read, whatever it promises", "[hostile]") {
  for (const char* file : {"h04-xxe-file-entity.xml", "h05-billion-laughs.xml"}) {
    const Reading r = hostile(file);
    REQUIRE(r.error);
    CHECK(r.error->message.starts_with("a DOCTYPE at line 2"));
    CHECK(r.cases.empty());
  }
}

TEST_CASE("h06 and h07: counters never overrule cases, nor a pass a failure", "[hostile]") {
  const Reading counters = hostile("h06-counters-disagree.xml");
  CHECK(counters.outcomes() == "PFS");
  CHECK(times(counters.summary.warnings, "counters-disagree") == 2);
  const Reading twins = hostile("h07-duplicate-testcase-names.xml");
  CHECK(twins.outcomes() == "PFPP");
  CHECK(twins.cases[2].occurrence == 2);
  CHECK(times(twins.summary.warnings, "conflicting-verdicts") == 1);
}

TEST_CASE("h10 and h11: times are read, or stay unknown", "[hostile]") {
  const Reading stamps = hostile("h10-timestamps-four-forms.xml");
  REQUIRE(stamps.cases.size() == 4);
  CHECK_FALSE(stamps.cases[0].started_at());
  CHECK(stamps.cases[1].started_at()->text() == "2026-11-23T14:07:22.058250Z");
  CHECK(stamps.cases[2].started_at()->text() == "2026-11-23T19:39:22.000000Z");
  CHECK(stamps.cases[3].started_at()->text() == "2026-11-23T19:37:22.000000Z");
  const Reading seconds = hostile("h11-times-negative-comma.xml");
  CHECK(seconds.outcomes() == "PPPPPPPPPP");
  CHECK(durations(seconds) == "- 1234567000000 - - 43000 - - - - - ");
}

TEST_CASE("h12: raw control characters are refused, or repaired one by one", "[hostile][repair]") {
  const std::string bytes = bytes_of(kShared / "reports/hostile/h12-illegal-control-chars-raw.xml");
  CHECK(read(bytes).error->message.find("U+001B") != std::string::npos);
  const Reading r = read_repaired(bytes);
  CHECK(r.outcomes() == "FP");
  CHECK(r.summary.mends.size() == 8);
  for (const XmlMend& mend : r.summary.mends)
    CHECK(static_cast<unsigned char>(bytes.at(mend.at.offset_bytes)) != 'x');
  CHECK(r.cases[0].name == "TC-SECURE-ESME-01 \xE2\x90\x9B[31mred\xE2\x90\x9B[0m");
}

TEST_CASE("h13, h14 and h15: text, properties and repeats are kept to the letter", "[hostile]") {
  const Reading text = hostile("h13-cdata-split.xml");
  CHECK(text.cases.at(0).details.at(0).text.value == "raw <ok> & ]]> end");
  CHECK(text.cases.at(0).system_out.value == "one & two\n");
  const Reading values = hostile("h14-property-text-values.xml");
  const auto& properties = values.cases.at(0).suite->properties;
  REQUIRE(properties.size() == 5);
  CHECK(properties[0].value.value == "A");
  CHECK(properties[1].value.value == "B & C\nline 2");
  CHECK(properties[2].value.value == "attr");
  CHECK(properties[3].value.value.empty());
  CHECK(properties[4].name.empty());
  CHECK(values.cases[0].properties.at(0).value.value == "REQ-<1>");
  CHECK(times(values.summary.warnings, "property-two-values") == 1);
  CHECK(times(values.summary.warnings, "property-without-name") == 1);
  const Reading repeats = hostile("h15-repeated-properties.xml");
  std::string seen;
  for (const JunitProperty& p : repeats.cases.at(0).suite->properties) seen += p.value.value;
  for (const JunitProperty& p : repeats.cases.at(0).properties) seen += ' ' + p.value.value;
  CHECK(seen == "123 REQ-1 REQ-2 REQ-1");
}

TEST_CASE("h17: names stay what they are", "[hostile]") {
  const Reading r = hostile("h17-markup-in-names.xml");
  CHECK(r.outcomes() == "FPP");
  CHECK(r.cases[0].name == "<script>alert(1)</script>");
  CHECK(r.cases[1].name == "=HYPERLINK(\"http://lab.example\")");
  CHECK(r.cases[2].name == "TC-INSTALL-ESME-03 \nsecond line\ttab");
  CHECK(visible(r.cases[2].name) == "TC-INSTALL-ESME-03 \\nsecond line\\ttab");
}
