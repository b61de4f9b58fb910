#include "ledger/format/binary_archive.hpp"

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"

namespace assay {
namespace {

constexpr std::size_t kCountSizeBytes = 4;
constexpr std::size_t kIntegerSizeBytes = 8;
constexpr Timestamp kTimeMin{-62'135'596'800'000'000};  // 0001-01-01T00:00:00.000000Z
constexpr Timestamp kTimeMax{253'402'300'799'999'999};  // 9999-12-31T23:59:59.999999Z

void append_big_endian(std::string& out, std::uint64_t value, std::size_t size_bytes) {
  for (std::size_t i = size_bytes; i > 0; --i) {
    out.push_back(static_cast<char>((value >> (8 * (i - 1))) & 0xFFU));
  }
}

std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = (value << 8U) | static_cast<unsigned char>(c);
  return value;
}

}  // namespace

void BinaryWriter::put_count(std::size_t count) {
  ASSAY_ASSERT(count <= UINT32_MAX);
  append_big_endian(out_, count, kCountSizeBytes);
}

void BinaryWriter::put(const std::string& value) {
  put_count(value.size());
  out_ += value;
}

void BinaryWriter::put(const IdentifierSet& value) {
  put_count(value.ids.size());
  for (const Identifier& id : value.ids) put(id);
}

void BinaryWriter::put(const EventId& value) {
  put(value.entry);
  put(value.position);
}

void BinaryWriter::put(std::uint64_t value) { append_big_endian(out_, value, kIntegerSizeBytes); }

std::string_view BinaryReader::take(std::size_t size_bytes) {
  if (!ok_ || left_.size() < size_bytes) {
    ok_ = false;
    return {};
  }
  const std::string_view taken = left_.substr(0, size_bytes);
  left_.remove_prefix(size_bytes);
  return taken;
}

std::size_t BinaryReader::get_count() {
  const auto count = static_cast<std::size_t>(read_big_endian(take(kCountSizeBytes)));
  if (count > left_.size()) ok_ = false;
  return ok_ ? count : 0;
}

std::uint8_t BinaryReader::get_byte() {
  const std::string_view byte = take(1);
  return byte.empty() ? 0 : static_cast<std::uint8_t>(byte.front());
}

void BinaryReader::get(Base64Bytes& value) {
  const std::size_t size_bytes = get_count();
  value.bytes.assign(take(size_bytes));
}

void BinaryReader::get(std::string& value) {
  const std::size_t size_bytes = get_count();
  value.assign(take(size_bytes));
  if (!is_utf8(value)) refuse();
}

void BinaryReader::get(IdentifierSet& value) {
  value.ids.clear();
  const std::size_t count = get_count();
  for (std::size_t i = 0; i < count && ok_; ++i) {
    get(value.ids.emplace_back());
    if (i > 0 && !(value.ids[i - 1] < value.ids[i])) refuse();
  }
}

void BinaryReader::get(EventId& value) {
  get(value.entry);
  get(value.position);
}

void BinaryReader::get(Hash& value) {
  const std::string_view bytes = take(Hash::kSizeBytes);
  if (!bytes.empty()) std::memcpy(value.bytes.data(), bytes.data(), bytes.size());
}

void BinaryReader::get(bool& value) {
  const std::uint8_t byte = get_byte();
  if (byte > 1) refuse();
  value = byte == 1;
}

void BinaryReader::get(Timestamp& value) {
  value.us = static_cast<std::int64_t>(read_big_endian(take(kIntegerSizeBytes)));
  if (value < kTimeMin || value > kTimeMax) refuse();
}

void BinaryReader::get(std::int64_t& value) {
  value = static_cast<std::int64_t>(read_big_endian(take(kIntegerSizeBytes)));
  if (value < -limits::kIntegerMax || value > limits::kIntegerMax) refuse();
}

void BinaryReader::get(std::uint64_t& value) {
  value = read_big_endian(take(kIntegerSizeBytes));
  if (value > static_cast<std::uint64_t>(limits::kIntegerMax)) refuse();
}

}  // namespace assay
