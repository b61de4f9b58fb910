#include "ledger/format/canonical_writer.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/limits.hpp"
#include "ledger/format/canonical_reader.hpp"

namespace canonical_writer_test {

using namespace assay;

TEST_CASE("What the writer writes is canonical") {
  CanonicalWriter out;
  out.begin_object();
  out.name("a").begin_array().integer(1).string("x").boolean(false).end_array();
  out.name("b").begin_object().end_object();
  out.name("c").raw(R"([{"z":0}])");
  out.name("d").begin_array().begin_array().end_array().begin_object().end_object().end_array();
  out.end_object();
  CHECK(out.text() == R"({"a":[1,"x",false],"b":{},"c":[{"z":0}],"d":[[],{}]})");
  CHECK(check_canonical(out.text()));
}

TEST_CASE("Every byte of a string comes back from the reader as it was written") {
  std::string value;
  for (int c = 0; c < 0x80; ++c) value.push_back(static_cast<char>(c));
  value += "é€😀";
  std::string text;
  append_json_string(text, value);
  REQUIRE(check_canonical(text));
  CanonicalReader in(text);
  std::string_view read;
  std::string scratch;
  REQUIRE(in.read_string(read, scratch));
  CHECK(read == value);
}

TEST_CASE("Integers are written to the limits") {
  CHECK(CanonicalWriter().integer(limits::kIntegerMax).text() == "9007199254740991");
  CHECK(CanonicalWriter().integer(-limits::kIntegerMax).text() == "-9007199254740991");
  CHECK(CanonicalWriter().integer(0).text() == "0");
}

}  // namespace canonical_writer_test
