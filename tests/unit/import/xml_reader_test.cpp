#include "cli/import/xml_reader.hpp"

#include <catch2/catch.hpp>

#include "cli/import/junit_limits.hpp"
#include "cli/import/visible.hpp"

namespace xml_reader_test {

using namespace assay;
using namespace assay::import;

namespace {

/// Writes what it is told in one line: "<a x=1>text</a>".
class Recorder final : public XmlSink {
 public:
  Status on_start(std::string_view name, std::span<const XmlAttribute> attributes,
                  const Position& at) override {
    seen += '<';
    seen += name;
    for (const XmlAttribute& a : attributes)
      seen += ' ' + std::string(a.name) + '=' + std::string(a.value);
    seen += '>';
    last = at;
    if (name == "throw") throw std::runtime_error("a sink that throws");
    if (name == "stop") return fail(Errc::rejected, "stopped by the sink");
    return {};
  }
  Status on_end(std::string_view name) override {
    seen += "</" + std::string(name) + '>';
    return {};
  }
  Status on_text(std::string_view text) override {
    seen += text;
    return {};
  }
  Status on_comment(std::string_view text) override {
    seen += '{' + std::string(text) + '}';
    return {};
  }
  std::string seen;
  Position last;
};

struct Parsed {
  std::string seen;
  std::string error;
  Errc code = Errc::internal;
  std::string hint;
};

Parsed parse(std::string_view bytes, std::size_t piece_size = 4096) {
  Recorder sink;
  XmlReader reader(sink, false);
  Status status;
  while (status && !bytes.empty()) {
    status = reader.feed(bytes.substr(0, piece_size));
    bytes.remove_prefix(std::min(piece_size, bytes.size()));
  }
  if (status) status = reader.finish();
  Parsed parsed;
  parsed.seen = sink.seen;
  if (status) return parsed;
  CHECK_FALSE(reader.finish());  // an error stays
  return {sink.seen, status.error().message, status.error().code, status.error().hint};
}

}  // namespace

TEST_CASE("a document is handed out in order, whatever the size of the pieces", "[xml]") {
  constexpr std::string_view kDocument =
      "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a x='1 &lt; 2&#10;'>t\xC3\xA4"
      "xt &amp; <![CDATA[<raw> ]]]]><![CDATA[>]]><b/><!-- note --></a>\n<!--end-->";
  const std::string all = "<a x=1 < 2\n>t\xC3\xA4xt & <raw> ]]><b></b>{ note }</a>{end}";
  for (const std::size_t piece : {1UZ, 2UZ, 3UZ, 7UZ, 4096UZ}) {
    CAPTURE(piece);
    const Parsed parsed = parse(kDocument, piece);
    CHECK(parsed.error.empty());
    CHECK(parsed.seen == all);
  }
}

TEST_CASE("a tag's place is that of its first byte", "[xml]") {
  Recorder sink;
  XmlReader reader(sink, false);
  REQUIRE(reader.feed("<a>\n  \xC3\xA4<b/></a>"));
  REQUIRE(reader.finish());
  CHECK(place(sink.last) == "line 2, column 4 (byte 8)");
}

TEST_CASE("what is not well-formed is refused with its place and its reason", "[xml]") {
  const auto error = [](std::string_view bytes) { return parse(bytes).error; };
  CHECK(error("") == "not well-formed XML at line 1, column 1 (byte 0): the file is empty");
  CHECK(error(" \n") ==
        "not well-formed XML at line 2, column 1 (byte 2): the file holds white space only, and no "
        "element");
  CHECK(error("log line\n<a/>") ==
        "not well-formed XML at line 1, column 1 (byte 0): text stands before the first element");
  CHECK(error("<a>\x1b</a>") ==
        "not well-formed XML at line 1, column 4 (byte 3): a raw control character, U+001B, which "
        "XML forbids");
  CHECK(error("<a>x ]]> y</a>").ends_with("\"]]>\" in text, which XML forbids"));
  CHECK(error("<a x=\"1 < 2\"/>").ends_with("\"<\" where no tag may begin"));
  CHECK(error("<a>R & D</a>").ends_with("\"&\" that begins no reference"));
  CHECK(error("<a>caf\xE9</a>").ends_with("the byte 0xE9 is not UTF-8 here"));
  CHECK(error("<a>\xED\xA0\x80</a>").ends_with("the byte 0xED is not UTF-8 here"));
  CHECK(error("<a>\xEF\xBF\xBE</a>").ends_with("U+FFFE or U+FFFF, which XML forbids"));
  CHECK(error("<a>&#27;</a>").ends_with("\"&#27\", a reference to a character that XML forbids"));
  CHECK(error("<a>&nbsp;</a>").ends_with("an entity that nothing declares"));
  CHECK(error("<a x='1' x='2'/>").ends_with("one attribute stands twice in a tag"));
  CHECK(error("<a></b>").ends_with("an end tag that closes another element"));
  CHECK(error("<a/><a/>").ends_with("the root element has ended, and more follows"));
  CHECK(error("<a><b>").ends_with("the file ends inside an element"));
  CHECK(error("<a><b x='").ends_with("the file ends inside a tag"));
  CHECK(error("<a><![CDATA[ x").ends_with("the file ends inside a CDATA section"));
  CHECK(parse("<a><b>").hint.starts_with("the file is cut short"));
  CHECK(parse("<a>\x01</a>").hint.find("repair") != std::string::npos);
  CHECK(parse("<a>&#x110000;</a>").hint.empty());
}

TEST_CASE("every DOCTYPE is refused before anything in it is read", "[xml]") {
  CHECK(parse("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>").error ==
        "a DOCTYPE at line 1, column 13 (byte 12); entities are never expanded or fetched");
  CHECK(parse("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x'><a/>").code == Errc::malformed);
  CHECK(parse("<!DOCTYPE html><html/>").error.starts_with("an HTML page, not a test report"));
}

TEST_CASE("four encodings are read, every other is refused by name", "[xml]") {
  CHECK(parse("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>").seen == "<a>\xC3\xA9</a>");
  CHECK(parse("<?xml version='1.0' encoding='us-ascii'?><a>e</a>").seen == "<a>e</a>");
  const std::string utf16("\xFF\xFE<\0a\0/\0>\0", 10);
  CHECK(parse(utf16).seen == "<a></a>");
  CHECK(parse(utf16, 1).seen == "<a></a>");
  for (const char* name : {"UTF-7", "windows-1252", "UTF-32", "EBCDIC", "UTF-16"}) {
    CAPTURE(name);
    const Parsed parsed =
        parse("<?xml version='1.0' encoding='" + std::string(name) + "'?><a>x</a>");
    CHECK(parsed.code == Errc::malformed);
    CHECK(parsed.seen.empty());
  }
  CHECK(parse("<?xml version='1.0' encoding='UTF-7'?><a/>").error ==
        "the encoding \"UTF-7\" is not read, at line 1, column 1 (byte 0)");
  CHECK(parse("<?xml version='1.1'?><a>&#1;</a>").error ==
        "XML 1.1 is not read, only XML 1.0, at line 1, column 1 (byte 0)");
}

TEST_CASE("limits of XML are refused with the number and the place", "[xml][limits]") {
  std::string deep;
  for (std::size_t i = 0; i <= limits::kXmlDepth; ++i) deep += "<a>";
  CHECK(parse(deep).code == Errc::limit);
  CHECK(parse(deep).error.starts_with("elements are nested more than 320 deep at line 1"));

  std::string wide = "<a";
  for (std::size_t i = 0; i <= limits::kAttributesPerElement; ++i)
    wide += " a" + std::to_string(i) + "=''";
  CHECK(parse(wide + "/>").code == Errc::limit);

  const std::string open = "<a>\n<b x='";
  const std::string fits = open + std::string(limits::kTokenSizeBytes - 100, 'x') + "'/></a>";
  CHECK(parse(fits).error.empty());
  const std::string longer = open + std::string(limits::kTokenSizeBytes, 'x') + "'/></a>";
  for (const std::size_t piece : {1000UZ, 65'536UZ, longer.size()})
    CHECK(parse(longer, piece).error ==
          "one tag or comment is longer than 4194304 bytes, from line 2, column 1 (byte 4)");
  CHECK(parse("<a><!--" + std::string(limits::kTokenSizeBytes + 200'000, 'x')).code == Errc::limit);
}

TEST_CASE("text has no limit of its own, since it is never held", "[xml][limits]") {
  const std::string text(3 * limits::kTokenSizeBytes, 'x');
  CHECK(parse("<a>" + text + "</a>").error.empty());
  CHECK(parse("<a><![CDATA[" + text + "]]></a>").error.empty());
}

TEST_CASE("an error or exception of the sink stops the reader and comes back", "[xml]") {
  CHECK(parse("<a><stop/><b/></a>").error == "stopped by the sink");
  CHECK(parse("<a><stop/><b/></a>").seen == "<a><stop>");
  CHECK(parse("<a><throw/></a>").error == "reading XML: a sink that throws");
  CHECK(parse("<a><throw/></a>").code == Errc::internal);
}

}  // namespace xml_reader_test
