#include "keys/stream_format.hpp"

#include "tests/unit/keys/keys_support.hpp"

namespace stream_format_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

const StreamIdentity kIdentity{hash_of("log"), hash_of("key")};

StreamPosition at(std::uint64_t sequence) {
  return {sequence, hash_of("submission " + std::to_string(sequence))};
}

/// A header and five lines: 0, 1, 2 signed, 2 voided, 2 signed anew.
std::string example() {
  StreamHistory history(kIdentity);
  std::string text = history.write_header();
  for (std::uint64_t i = 0; i < 3; ++i) text += history.write_signed(at(i)).value();
  text += history.write_voided(at(2).hash, at(1)).value();
  return text + history.write_signed({2, hash_of("again")}).value();
}

StreamScan scan(std::string_view bytes) {
  StreamScan result(kIdentity);
  result.take(bytes);
  return result;
}

}  // namespace

TEST_CASE("a stream record is text of this form", "[stream_format]") {
  StreamHistory history(kIdentity);
  const std::string log = kIdentity.log.hex();
  const std::string key = kIdentity.key.hex();
  const std::string header_body = "assay stream 01 log " + log + " key " + key + " ";
  const std::string header_check = sha256(header_body).hex().substr(0, 16);
  CHECK(history.write_header() == header_body + header_check + "\n");
  const std::string body =
      "signed 0000000000000000 " + at(0).hash.hex() + " " + std::string(64, '0') + " ";
  const std::string check = sha256({header_check, body}).hex().substr(0, 16);
  CHECK(history.write_signed(at(0)).value() == body + check + "\n");
  const std::string voided =
      "voided 0000000000000000 " + at(0).hash.hex() + " " + std::string(64, '0') + " ";
  CHECK(history.write_voided(at(0).hash, std::nullopt).value() ==
        voided + sha256({check, voided}).hex().substr(0, 16) + "\n");
  CHECK(example().size() == 6 * kStreamLineSizeBytes);
}

TEST_CASE("what was written is read back, in one piece or in several", "[stream_format]") {
  const std::string text = example();
  for (std::size_t lines = 1; lines <= 6; ++lines) {
    StreamScan pieces(kIdentity);
    for (std::size_t offset = 0; offset < text.size(); offset += lines * kStreamLineSizeBytes) {
      pieces.take(std::string_view(text).substr(offset, lines * kStreamLineSizeBytes));
    }
    REQUIRE_FALSE(pieces.damage);
    CHECK(pieces.size_bytes == text.size());
    CHECK(pieces.history.last() == StreamPosition{2, hash_of("again")});
    CHECK(pieces.history.at(1) == at(1).hash);
    CHECK_FALSE(pieces.history.at(3));
  }
}

TEST_CASE("every flipped bit of a stream record is found", "[stream_format]") {
  const std::string text = example();
  for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const StreamScan result = scan(flipped);
    CAPTURE(bit);
    REQUIRE(result.damage);
    REQUIRE(result.size_bytes == bit / 8 / kStreamLineSizeBytes * kStreamLineSizeBytes);
  }
}

TEST_CASE("lines left out, repeated or moved are found", "[stream_format]") {
  const std::string text = example();
  const auto line = [&](std::size_t i) {
    return text.substr(i * kStreamLineSizeBytes, kStreamLineSizeBytes);
  };
  for (std::size_t i = 0; i < 5; ++i) {
    CAPTURE(i);
    std::string without = text;
    without.erase(i * kStreamLineSizeBytes, kStreamLineSizeBytes);
    CHECK(scan(without).damage);
    std::string twice = text;
    twice.insert(i * kStreamLineSizeBytes, line(i));
    CHECK(scan(twice).damage->code == Errc::tampered_hash);
    CHECK_FALSE(scan(twice).is_torn);
    std::string swapped = text;
    swapped.replace(i * kStreamLineSizeBytes, 2 * kStreamLineSizeBytes, line(i + 1) + line(i));
    CHECK(scan(swapped).damage);
  }
}

TEST_CASE("a torn end is told from damage", "[stream_format]") {
  const std::string text = example();
  for (std::size_t size = 1; size < text.size(); ++size) {
    const StreamScan result = scan(text.substr(0, size));
    CAPTURE(size);
    const bool at_line_end = size % kStreamLineSizeBytes == 0;
    REQUIRE(result.damage.has_value() != at_line_end);
    REQUIRE(result.is_torn != at_line_end);
    REQUIRE(result.size_bytes == size / kStreamLineSizeBytes * kStreamLineSizeBytes);
    if (at_line_end) continue;
    REQUIRE(result.damage->code == Errc::malformed);
    // Blocks that the file system had not written yet read as zeros.
    const StreamScan zeros = scan(text.substr(0, size) + std::string(text.size() - size, '\0'));
    REQUIRE(zeros.is_torn);
    REQUIRE(zeros.size_bytes == result.size_bytes);
  }
  std::string altered = text;
  altered[5 * kStreamLineSizeBytes + 30] ^= 1;
  CHECK(scan(altered).damage->code == Errc::tampered_hash);
  CHECK_FALSE(scan(altered).is_torn);
}

TEST_CASE("a record of another key, log or later format is refused by name", "[stream_format]") {
  StreamHistory other({hash_of("log"), hash_of("other key")});
  CHECK(scan(other.write_header()).damage->code == Errc::conflict);
  StreamHistory elsewhere({hash_of("other log"), hash_of("key")});
  CHECK(scan(elsewhere.write_header()).damage->code == Errc::conflict);
  std::string later = example();
  later[14] = '2';
  CHECK(scan(later).damage->code == Errc::unsupported);
}

TEST_CASE("lines with a right check that do not follow are refused", "[stream_format]") {
  // A second history writes valid checks onto a state that the first one cannot have.
  StreamHistory writer(kIdentity);
  const std::string header = writer.write_header();
  const std::string first = writer.write_signed(at(0)).value();
  StreamHistory liar(kIdentity);
  REQUIRE(liar.read_line(header));
  REQUIRE(liar.read_line(first));
  const std::string void_first = liar.write_voided(at(0).hash, std::nullopt).value();
  StreamHistory reader(kIdentity);
  REQUIRE(reader.read_line(header));
  CHECK(code_of(reader.read_line(void_first)) == Errc::tampered_hash);
  CHECK(reader.read_line(first));
  CHECK(reader.read_line(void_first));
  CHECK_FALSE(reader.last());
  CHECK(code_of(reader.read_line("short\n")) == Errc::malformed);
}

TEST_CASE("a line whose sequence or previous hash does not follow is refused, right check or not",
          "[stream_format]") {
  StreamHistory writer(kIdentity);
  const std::string header = writer.write_header();
  const std::string first = writer.write_signed(at(0)).value();
  const std::string check = first.substr(first.size() - 17, 16);
  const auto reads = [&](const std::string& kind, int sequence, const Hash& hash,
                         const Hash& previous) {
    const std::string body = kind + " 000000000000000" + std::to_string(sequence) + " " +
                             hash.hex() + " " + previous.hex() + " ";
    StreamHistory reader(kIdentity);
    REQUIRE(reader.read_line(header));
    REQUIRE(reader.read_line(first));
    const auto status = reader.read_line(body + sha256({check, body}).hex().substr(0, 16) + "\n");
    if (!status) CHECK(status.error().code == Errc::tampered_hash);
    return status.has_value();
  };
  CHECK(reads("signed", 1, at(1).hash, at(0).hash));
  CHECK_FALSE(reads("signed", 0, at(1).hash, at(0).hash));
  CHECK_FALSE(reads("signed", 2, at(1).hash, at(0).hash));
  CHECK_FALSE(reads("signed", 1, at(1).hash, Hash{}));
  CHECK(reads("voided", 0, at(0).hash, Hash{}));
  CHECK_FALSE(reads("voided", 1, at(0).hash, Hash{}));
  CHECK_FALSE(reads("voided", 0, at(1).hash, Hash{}));
  CHECK_FALSE(reads("voided", 0, at(0).hash, at(0).hash));
}

TEST_CASE("one sequence is signed once, without gaps, until it is voided", "[stream_format]") {
  StreamHistory history(kIdentity);
  (void)history.write_header();
  CHECK(code_of(history.write_signed(at(1))) == Errc::invalid_argument);
  REQUIRE(history.write_signed(at(0)));
  REQUIRE(history.write_signed(at(1)));
  CHECK(code_of(history.write_signed({1, hash_of("x")})) == Errc::forked);
  CHECK(code_of(history.write_signed({0, hash_of("x")})) == Errc::forked);
  CHECK(code_of(history.write_signed(at(3))) == Errc::invalid_argument);
  CHECK(code_of(history.write_voided(at(0).hash, std::nullopt)) == Errc::conflict);
  CHECK(code_of(history.write_voided(at(1).hash, std::nullopt)) == Errc::forked);
  CHECK(code_of(history.write_voided(at(1).hash, StreamPosition{0, hash_of("x")})) == Errc::forked);
  CHECK(history.last() == at(1));
  REQUIRE(history.write_voided(at(1).hash, at(0)));
  REQUIRE(history.write_voided(at(0).hash, std::nullopt));
  CHECK_FALSE(history.last());
  CHECK(code_of(history.write_voided(at(0).hash, std::nullopt)) == Errc::conflict);
  CHECK(history.write_signed({0, hash_of("x")}));
}

}  // namespace stream_format_test
