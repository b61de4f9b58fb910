#include "ledger/format/note.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/limits.hpp"

using namespace assay;

namespace {

const std::string kLine = "\xE2\x80\x94 example.com/log AAAAAQID\n";  // id 1, signature 02 03

Note example_note(std::string text = "text\n") {
  return {std::move(text), {{"example.com/log", 1, "\x02\x03"}}};
}

}  // namespace

TEST_CASE("a note is text, blank line, signature lines", "[c2sp]") {
  CHECK(format_note(example_note()).value() == "text\n\n" + kLine);
  CHECK(parse_note("text\n\n" + kLine).value() == example_note());
  Note two = example_note();
  two.signatures.push_back({"other", 0xFFFFFFFF, "x"});
  CHECK(parse_note(format_note(two).value()).value() == two);
}

TEST_CASE("the last blank line ends the text", "[c2sp]") {
  for (const std::string& text :
       std::vector<std::string>{"a\n\nb\n", "a\n\n", "\n", "\n\n\n", "a\n\n" + kLine}) {
    CAPTURE(text);
    CHECK(parse_note(text + "\n" + kLine).value().text == text);
    CHECK(format_note(example_note(text)).value() == text + "\n" + kLine);
  }
}

TEST_CASE("what is not a note is refused", "[c2sp]") {
  const std::string dash = "\xE2\x80\x94";
  for (const std::string& bytes :
       std::vector<std::string>{"",
                                "\n",
                                "\n\n",
                                "text\n",
                                "text\n\n",
                                "text\n" + kLine,
                                "\n" + kLine,
                                kLine,
                                "text\n\n" + kLine.substr(0, kLine.size() - 1),
                                "text\n\n" + kLine + "\n",
                                "text\n\n" + kLine + "x",
                                "text\n\n" + kLine + "not a signature\n",
                                "text\n\n- example.com/log AAAAAQID\n",
                                "text\n\n" + dash + "example.com/log AAAAAQID\n",
                                "text\n\n" + dash + "  example.com/log AAAAAQID\n",
                                "text\n\n" + dash + " example.com/log  AAAAAQID\n",
                                "text\n\n" + dash + " example.com/log AAAAAQID \n",
                                "text\n\n" + dash + " AAAAAQID\n",
                                "text\n\n" + dash + "  AAAAAQID\n",
                                "text\n\n" + dash + " example.com/log\n",
                                "text\n\n" + dash + " example.com/log \n",
                                "text\n\n" + dash + " example+log AAAAAQID\n",
                                "text\n\n" + dash + " a\xC2\xA0z AAAAAQID\n",
                                "text\n\n" + dash + " example.com/log AAAAAQ==\n",
                                "text\n\n" + dash + " example.com/log AAAAAQI\n",
                                "text\n\n" + dash + " example.com/log AAAAAQI=x\n",
                                "text\n\n" + dash + " example.com/log AAAAAQJ=\n",
                                "text\n\n" + dash + " example.com/log AAAA_QID\n",
                                "te\txt\n\n" + kLine,
                                "te\rxt\n\n" + kLine,
                                "te\xFFxt\n\n" + kLine,
                                std::string("te\0xt\n\n", 7) + kLine,
                                "text\r\n\r\n" + kLine}) {
    CAPTURE(bytes);
    const auto note = parse_note(bytes);
    REQUIRE_FALSE(note);
    CHECK(note.error().code == Errc::malformed);
  }
}

TEST_CASE("a note has at most 100 signatures", "[c2sp]") {
  std::string bytes = "text\n\n";
  for (int i = 0; i < 100; ++i) bytes += kLine;
  CHECK(parse_note(bytes).value().signatures.size() == 100);
  CHECK(parse_note(bytes + kLine).error().code == Errc::limit);
  Note many = example_note();
  many.signatures.resize(101, many.signatures.front());
  CHECK(format_note(many).error().code == Errc::limit);
}

TEST_CASE("a note has at most a million bytes", "[c2sp]") {
  const std::string rest = "\n\n" + kLine;
  const std::string text(limits::kNoteSizeBytes - rest.size(), 'x');
  CHECK(parse_note(text + rest));
  CHECK(parse_note("x" + text + rest).error().code == Errc::limit);
  CHECK(format_note(example_note(text + "\n")));
  CHECK(format_note(example_note(text + "x\n")).error().code == Errc::limit);
}

TEST_CASE("a note that could not be read back is not written", "[c2sp]") {
  CHECK(format_note(example_note("no newline")).error().code == Errc::invalid_argument);
  CHECK(format_note(example_note("")).error().code == Errc::invalid_argument);
  CHECK(format_note(example_note("tab\t\n")).error().code == Errc::malformed);
  CHECK(format_note(Note{"text\n", {}}).error().code == Errc::invalid_argument);
  CHECK(format_note(Note{"text\n", {{"a b", 1, "x"}}}).error().code == Errc::invalid_argument);
  CHECK(format_note(Note{"text\n", {{"name", 1, ""}}}).error().code == Errc::invalid_argument);
}
