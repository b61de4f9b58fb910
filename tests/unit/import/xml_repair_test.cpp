#include "cli/import/xml_repair.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "cli/import/junit_limits.hpp"
#include "cli/import/visible.hpp"

namespace xml_repair_test {

using namespace assay;
using namespace assay::import;

namespace {

struct Mended {
  std::string bytes;
  std::vector<XmlMend> mends;
};

Mended mend(std::string_view bytes, std::size_t piece_size = 1'000'000) {
  XmlRepair repair;
  Mended mended;
  while (!bytes.empty()) {
    REQUIRE(repair.feed(bytes.substr(0, piece_size), mended.bytes));
    bytes.remove_prefix(std::min(piece_size, bytes.size()));
  }
  REQUIRE(repair.finish(mended.bytes));
  mended.mends = repair.mends();
  return mended;
}

std::string list(const std::vector<XmlMend>& mends) {
  std::string text;
  for (const XmlMend& m : mends)
    text += std::to_string(m.at.offset_bytes) + ":" + m.found + "→" + m.put + " ";
  return text;
}

}  // namespace

TEST_CASE("a control character becomes its picture, raw or as a reference", "[repair]") {
  const Mended m = mend("<a x='\x1b'>\x01 &#27;&#x0;\xEF\xBF\xBE<![CDATA[\x07]]><!--\x08--></a>");
  CHECK(m.bytes ==
        "<a x='\xE2\x90\x9B'>\xE2\x90\x81 \xE2\x90\x9B\xE2\x90\x80\xEF\xBF\xBD<![CDATA[\xE2\x90"
        "\x87]]><!--\xE2\x90\x88--></a>");
  CHECK(list(m.mends) ==
        "6:U+001B→U+241B 9:U+0001→U+2401 11:&#27;→U+241B 16:&#x0;→U+2400 21:U+FFFE→U+FFFD "
        "33:U+0007→U+2407 41:U+0008→U+2408 ");
}

TEST_CASE("the end of CDATA in text becomes text", "[repair]") {
  CHECK(mend("<failure>a ]]> b</failure>").bytes == "<failure>a ]]&gt; b</failure>");
  CHECK(mend("<failure>a ]]]> b</failure>").bytes == "<failure>a ]]]&gt; b</failure>");
}

TEST_CASE("CDATA ends where its element does, not before", "[repair]") {
  // behave: an unknown tag follows, then another "]]>", then the end of the element.
  CHECK(mend("<failure><![CDATA[says <nil> & ]]> or <nil> ]]>\nmeter B]]>\n</failure>").bytes ==
        "<failure><![CDATA[says <nil> & ]]]]><![CDATA[> or <nil> ]]]]><![CDATA[>\nmeter "
        "B]]>\n</failure>");
  // cmocka and Boost: another "]]>" comes before any markup.
  CHECK(mend("<failure><![CDATA[\"a\" != \"c ]]>\"\nx]]></failure>").bytes ==
        "<failure><![CDATA[\"a\" != \"c ]]]]><![CDATA[>\"\nx]]></failure>");
  // An end tag of another element is content too.
  CHECK(mend("<failure><![CDATA[]]></nil> ]]></failure>").bytes ==
        "<failure><![CDATA[]]]]><![CDATA[></nil> ]]></failure>");
}

TEST_CASE("CDATA that is right stays as it is", "[repair]") {
  for (const char* text :
       {"<failure><![CDATA[raw <ok> & ]]]]><![CDATA[> end]]></failure>",
        "<system-out><![CDATA[one]]> &amp; <![CDATA[two]]>&#10;<![CDATA[]]></system-out>",
        "<failure><![CDATA[a ]]>]]&gt;<![CDATA[ end]]></failure>",
        "<testcase><![CDATA[x]]><failure/></testcase>", "<a><![CDATA[x]]><!-- y --></a>",
        "<a>]] > ] ]&gt;</a>"}) {
    CAPTURE(text);
    CHECK(mend(text).bytes == text);
    CHECK(mend(text).mends.empty());
  }
}

TEST_CASE("markup signs in a value are mended only where its quotes are sound", "[repair]") {
  CHECK(mend("<s name=\"group <one>\" x='a<b'/>").bytes ==
        "<s name=\"group &lt;one>\" x='a&lt;b'/>");
  CHECK(mend("<s name=\"R & D &foo &amp; &lt;\">AT&T</s>").bytes ==
        "<s name=\"R &amp; D &amp;foo &amp; &lt;\">AT&amp;T</s>");
  const std::string lost_quote = "<c name=\"foo></c><c name=\"bar\"/>";
  CHECK(mend(lost_quote).bytes == lost_quote);
}

TEST_CASE("what is in doubt passes through for the parser to refuse", "[repair]") {
  for (const char* text : {"<a>&nbsp;</a>", "<a>&#x110000;</a>", "<a><b>", "<a/><a/>",
                           "<a x='1' x='2'/>", "<!DOCTYPE a [<!ENTITY x '\x01'>]><a>\x01</a>",
                           "<?xml version='1.0' encoding='ISO-8859-1'?><a>\x01</a>",
                           "<a>caf\xE9</a>", "<a><![CDATA[ cut", "<a x='cut"}) {
    CAPTURE(text);
    CHECK(mend(text).bytes == text);
  }
  const std::string utf16("\xFF\xFE<\0a\0/\0>\0", 10);
  CHECK(mend(utf16).bytes == utf16);
}

TEST_CASE("the size of the pieces does not matter to a repair", "[repair]") {
  const std::string text =
      "<?xml version='1.0'?>\n<s name=\"g <1>\"><failure><![CDATA[a ]]> <nil> ]]></failure>"
      "<system-out>\x1b ]]> &#27; & \xEF\xBF\xBF</system-out></s>";
  const Mended whole = mend(text);
  CHECK(whole.mends.size() == 7);
  for (std::size_t piece = 1; piece < 40; ++piece) {
    const Mended pieces = mend(text, piece);
    CAPTURE(piece);
    CHECK(pieces.bytes == whole.bytes);
    CHECK(list(pieces.mends) == list(whole.mends));
  }
}

TEST_CASE("what lies beyond the look-ahead is not seen, in one piece or in many",
          "[repair][limits]") {
  const std::string far(limits::kRepairLookaheadBytes, 'x');
  const std::string long_name(limits::kNameSizeBytes + 100, 'n');
  for (const std::string& text :
       {"<a>&" + std::string(70, 'q') + ";</a>", "<a x='<" + far + "' y=''/>",
        "<a><![CDATA[ ]]> " + far + " ]]></a>", "<a><![CDATA[ ]]> " + far + "<b/> ]]></a>",
        "<" + long_name + "><![CDATA[ ]]> </" + long_name + ">",
        "<?xml version='1.0'" + std::string(300, ' ') + "encoding='ISO-8859-1'?><a>\x01</a>"}) {
    const Mended whole = mend(text);
    for (const std::size_t piece : {7UZ, 1000UZ}) {
      CAPTURE(text.substr(0, 40), piece);
      CHECK(mend(text, piece).bytes == whole.bytes);
    }
  }
}

TEST_CASE("places of the mended bytes are those of the original", "[repair]") {
  const std::string text = "<a>\x01\x02&#27;</a>\n<b>\x03 x</b>";
  XmlRepair repair;
  std::string mended;
  REQUIRE(repair.feed(text, mended));
  REQUIRE(repair.finish(mended));
  const auto original = [&](std::string_view what, std::uint64_t line, std::uint64_t column) {
    return place(repair.original({mended.find(what), line, column}));
  };
  CHECK(original("<a>", 1, 1) == "line 1, column 1 (byte 0)");
  CHECK(original("</a>", 1, 7) == "line 1, column 11 (byte 10)");
  CHECK(original("<b>", 2, 1) == "line 2, column 1 (byte 15)");
  CHECK(original("x</b>", 2, 6) == "line 2, column 6 (byte 20)");
}

TEST_CASE("a file with too many slips is no report that slipped", "[repair][limits]") {
  XmlRepair repair;
  std::string out;
  const Status status = repair.feed("<a>" + std::string(limits::kRepairs + 1, '\x01'), out);
  REQUIRE_FALSE(status);
  CHECK(status.error().code == Errc::limit);
}

}  // namespace xml_repair_test
