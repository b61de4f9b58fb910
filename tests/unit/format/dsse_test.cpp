#include "ledger/format/dsse.hpp"

#include <catch2/catch.hpp>

using namespace assay;

namespace {

std::string pae(std::string_view type, std::string_view body) {
  std::string out;
  append_pae(out, type, body);
  return out;
}

}  // namespace

TEST_CASE("what is signed names type and body with their lengths in bytes", "[dsse]") {
  CHECK(pae("http://example.com/HelloWorld", "hello world") ==
        "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  CHECK(pae("", "") == "DSSEv1 0  0 ");
  CHECK(pae("t\xC3\xA4", std::string_view("\0\n", 2)) ==
        std::string("DSSEv1 3 t\xC3\xA4 2 \0\n", 17));
}

TEST_CASE("the encoding is appended to what is there", "[dsse]") {
  std::string out = "before ";
  append_pae(out, "t", std::string(1000, 'b'));
  CHECK(out == "before DSSEv1 1 t 1000 " + std::string(1000, 'b'));
}

TEST_CASE("moving bytes between type and body changes what is signed", "[dsse]") {
  CHECK(pae("a b", "c") != pae("a", "b c"));
  CHECK(pae("a 1 b", "") != pae("a", "b"));
}

TEST_CASE("the payload types of the project are as published", "[dsse]") {
  CHECK(kSubmissionPayloadType == "application/vnd.assay.submission.v1+json");
  CHECK(kRefusalPayloadType == "application/vnd.assay.refusal.v1+json");
}
