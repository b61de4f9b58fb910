#pragma once

/// The bounded binary archive: for what only the store sees (projection snapshots, index values).
/// Never hashed, signed or sent (docs/format.md section 10).
///
/// Big-endian; integers are 8 bytes, bool and enumerations 1, texts and lists a 4-byte count and
/// then the items, optionals a presence byte. Every count is checked against the bytes that are
/// left, so a lie about a length costs nothing; a value is accepted only when all bytes were used,
/// and only if it has a canonical JSON form: texts are UTF-8, integers within ±(2^53 - 1), times
/// within the years 0001 to 9999. Thread word: thread-compatible.

#include <cstring>
#include <string>
#include <string_view>

#include "ledger/format/archive_traits.hpp"

namespace assay {

class BinaryWriter : public cereal::OutputArchive<BinaryWriter, cereal::AllowEmptyClassElision> {
 public:
  BinaryWriter() : OutputArchive(this) {}
  [[nodiscard]] std::string take() && noexcept { return std::move(out_); }

  void put_count(std::size_t count);
  void put_byte(std::uint8_t byte) { out_.push_back(static_cast<char>(byte)); }
  void put(const std::string& value);
  void put(const Identifier& value) { put(value.text); }
  void put(const IdentifierSet& value);
  void put(const EventId& value);
  void put(const Hash& value) { out_ += value.view(); }
  void put(const Timestamp& value) { put(value.us); }
  void put(const Base64Bytes& value) { put(value.bytes); }
  void put(bool value) { put_byte(value ? 1 : 0); }
  void put(std::int64_t value) { put(static_cast<std::uint64_t>(value)); }
  void put(std::uint64_t value);
  template <TextEnum E>
  void put(E value) {
    put_byte(static_cast<std::uint8_t>(value));
  }

 private:
  std::string out_;
};

class BinaryReader : public cereal::InputArchive<BinaryReader, cereal::AllowEmptyClassElision> {
 public:
  explicit BinaryReader(std::string_view bytes) : InputArchive(this), left_(bytes) {}
  [[nodiscard]] bool ok() const noexcept { return ok_; }
  [[nodiscard]] bool at_end() const noexcept { return ok_ && left_.empty(); }

  /// A count of items that take at least one byte each.
  std::size_t get_count();
  std::uint8_t get_byte();
  void refuse() noexcept { ok_ = false; }
  void get(std::string& value);
  void get(Identifier& value) { get(value.text); }
  void get(IdentifierSet& value);
  void get(EventId& value);
  void get(Hash& value);
  void get(Timestamp& value);
  void get(Base64Bytes& value);
  void get(bool& value);
  void get(std::int64_t& value);
  void get(std::uint64_t& value);
  template <TextEnum E>
  void get(E& value) {
    const std::uint8_t index = get_byte();
    if (index >= std::size(kEnumTexts<E>)) return refuse();
    value = static_cast<E>(index);
  }

 private:
  std::string_view take(std::size_t size_bytes);

  std::string_view left_;
  bool ok_ = true;
};

template <class T>
void write_value(BinaryWriter& archive, const T& value) {
  if constexpr (LeafValue<T>) {
    archive.put(value);
  } else {
    archive(value);
  }
}

template <class T>
void read_value(BinaryReader& archive, T& value) {
  if constexpr (LeafValue<T>) {
    archive.get(value);
  } else {
    archive(value);
  }
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(BinaryWriter& archive, const std::vector<T>& values) {
  archive.put_count(values.size());
  for (const T& value : values) write_value(archive, value);
}

template <class K>
void CEREAL_SAVE_FUNCTION_NAME(BinaryWriter& archive, const std::set<K>& values) {
  archive.put_count(values.size());
  for (const K& value : values) write_value(archive, value);
}

template <class K, class V>
void CEREAL_SAVE_FUNCTION_NAME(BinaryWriter& archive, const std::map<K, V>& values) {
  archive.put_count(values.size());
  for (const auto& [key, value] : values) {
    write_value(archive, key);
    write_value(archive, value);
  }
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(BinaryWriter& archive, const cereal::NameValuePair<T>& member) {
  using Value = std::remove_cvref_t<T>;
  if constexpr (kIsOptional<Value>) {
    archive.put(member.value.has_value());
    if (member.value.has_value()) write_value(archive, *member.value);
  } else {
    write_value(archive, member.value);
  }
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(BinaryReader& archive, std::vector<T>& values) {
  values.clear();
  const std::size_t count = archive.get_count();
  for (std::size_t i = 0; i < count && archive.ok(); ++i)
    read_value(archive, values.emplace_back());
}

template <class K>
void CEREAL_LOAD_FUNCTION_NAME(BinaryReader& archive, std::set<K>& values) {
  values.clear();
  const std::size_t count = archive.get_count();
  for (std::size_t i = 0; i < count && archive.ok(); ++i) {
    K value{};
    read_value(archive, value);
    if (!values.empty() && !(*values.rbegin() < value)) return archive.refuse();
    values.insert(values.end(), std::move(value));
  }
}

template <class K, class V>
void CEREAL_LOAD_FUNCTION_NAME(BinaryReader& archive, std::map<K, V>& values) {
  values.clear();
  const std::size_t count = archive.get_count();
  for (std::size_t i = 0; i < count && archive.ok(); ++i) {
    K key{};
    V value{};
    read_value(archive, key);
    read_value(archive, value);
    if (!values.empty() && !(values.rbegin()->first < key)) return archive.refuse();
    values.emplace_hint(values.end(), std::move(key), std::move(value));
  }
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(BinaryReader& archive, cereal::NameValuePair<T>& member) {
  using Value = std::remove_cvref_t<T>;
  if constexpr (kIsOptional<Value>) {
    bool present = false;
    archive.get(present);
    member.value.reset();
    if (present) read_value(archive, member.value.emplace());
  } else {
    read_value(archive, member.value);
  }
}

template <class T>
[[nodiscard]] std::string to_binary(const T& value) {
  BinaryWriter archive;
  archive(value);
  return std::move(archive).take();
}

/// Errors: malformed (truncated, bytes left over, a count beyond the input, disorder in a set, a
/// value without canonical form).
template <class T>
[[nodiscard]] Result<T> from_binary(std::string_view bytes) {
  BinaryReader archive(bytes);
  T value{};
  archive(value);
  if (!archive.at_end()) return fail(Errc::malformed, "a binary record does not decode");
  return value;
}

}  // namespace assay

CEREAL_REGISTER_ARCHIVE(assay::BinaryWriter)
CEREAL_REGISTER_ARCHIVE(assay::BinaryReader)
CEREAL_SETUP_ARCHIVE_TRAITS(assay::BinaryReader, assay::BinaryWriter)
