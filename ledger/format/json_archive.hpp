#pragma once

/// The canonical JSON archive, both ways (docs/format.md sections 2 and 3).
///
///   std::string text = to_canonical(value);
///   Result<T> value = from_canonical<T>(text);
///
/// Reading is strict: an unknown, missing or repeated member, a wrong type, an identifier or time
/// in any other form, an unsorted set are refused by name and byte offset. Because members are
/// declared in canonical order, reading is one comparison a member. Thread word: thread-compatible.

#include <string>
#include <string_view>

#include "ledger/format/archive_traits.hpp"
#include "ledger/format/canonical_reader.hpp"
#include "ledger/format/canonical_writer.hpp"

namespace assay {

class JsonWriter : public cereal::OutputArchive<JsonWriter, cereal::AllowEmptyClassElision> {
 public:
  JsonWriter() : OutputArchive(this) {}
  CanonicalWriter& out() noexcept { return out_; }

  void put(const std::string& value) { out_.string(value); }
  void put(const Identifier& value) { out_.string(value.text); }
  void put(const IdentifierSet& value);
  void put(const EventId& value) { out_.string(value.text()); }
  void put(const Hash& value) { out_.string(value.hex()); }
  void put(const Timestamp& value) { out_.string(value.text()); }
  void put(const Base64Bytes& value);
  void put(bool value) { out_.boolean(value); }
  void put(std::int64_t value) { out_.integer(value); }
  void put(std::uint64_t value) { out_.integer(static_cast<std::int64_t>(value)); }
  template <TextEnum E>
  void put(E value) {
    out_.string(enum_text(value));
  }

 private:
  CanonicalWriter out_;
};

class JsonReader : public cereal::InputArchive<JsonReader, cereal::AllowEmptyClassElision> {
 public:
  explicit JsonReader(CanonicalReader& in) : InputArchive(this), in_(in) {}
  CanonicalReader& in() noexcept { return in_; }

  void enter_object() { in_.enter_object(); }
  /// Refuses what stands there instead of the end, by name.
  void leave_object() {
    if (!in_.leave_object()) in_.refuse_left_over();
  }

  void get(std::string& value);
  void get(Identifier& value);
  void get(IdentifierSet& value);
  void get(EventId& value);
  void get(Hash& value);
  void get(Timestamp& value);
  void get(Base64Bytes& value);
  void get(bool& value) { in_.read_bool(value); }
  void get(std::int64_t& value) { in_.read_integer(value); }
  void get(std::uint64_t& value);
  template <TextEnum E>
  void get(E& value) {
    if (const auto found = enum_from_text<E>(text())) {
      value = *found;
    } else {
      refuse_text("is not one of the values allowed here");
    }
  }

 private:
  std::string_view text();
  void refuse_text(std::string_view why);
  template <class T>
  void assign(T& value, Result<T> parsed);

  CanonicalReader& in_;
  std::string_view text_;
  std::string scratch_;
};

// --- how cereal reaches the two archives
// -----------------------------------------------------------

/// Leaves go straight to the archive: cereal has a meaning of its own for enumerations.
template <class T>
void write_value(JsonWriter& archive, const T& value) {
  if constexpr (LeafValue<T>) {
    archive.put(value);
  } else {
    archive(value);
  }
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(JsonWriter& archive, const std::vector<T>& values) {
  archive.out().begin_array();
  for (const T& value : values) write_value(archive, value);
  archive.out().end_array();
}

template <class K>
void CEREAL_SAVE_FUNCTION_NAME(JsonWriter& archive, const std::set<K>& values) {
  archive.out().begin_array();
  for (const K& value : values) write_value(archive, value);
  archive.out().end_array();
}

template <class K, class V>
void CEREAL_SAVE_FUNCTION_NAME(JsonWriter& archive, const std::map<K, V>& values) {
  archive.out().begin_array();
  for (const auto& [key, value] : values) {
    archive.out().begin_object().name("key");
    write_value(archive, key);
    archive.out().name("value");
    write_value(archive, value);
    archive.out().end_object();
  }
  archive.out().end_array();
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(JsonWriter& archive, const cereal::NameValuePair<T>& member) {
  using Value = std::remove_cvref_t<T>;
  if constexpr (kIsOptional<Value>) {
    if (!member.value.has_value()) return;
    archive.out().name(member.name);
    write_value(archive, *member.value);
  } else {
    archive.out().name(member.name);
    write_value(archive, member.value);
  }
}

template <class T>
void prologue(JsonWriter& archive, const T&) {
  if constexpr (!LeafValue<T> && !ContainerValue<T>) archive.out().begin_object();
}
template <class T>
void epilogue(JsonWriter& archive, const T&) {
  if constexpr (!LeafValue<T> && !ContainerValue<T>) archive.out().end_object();
}
template <class T>
void prologue(JsonWriter&, const cereal::NameValuePair<T>&) {}
template <class T>
void epilogue(JsonWriter&, const cereal::NameValuePair<T>&) {}

template <class T>
void read_value(JsonReader& archive, T& value) {
  if constexpr (LeafValue<T>) {
    archive.get(value);
  } else {
    archive(value);
  }
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(JsonReader& archive, std::vector<T>& values) {
  values.clear();
  if (!archive.in().enter_array()) return;
  while (archive.in().next_element()) read_value(archive, values.emplace_back());
}

template <class K>
void CEREAL_LOAD_FUNCTION_NAME(JsonReader& archive, std::set<K>& values) {
  values.clear();
  if (!archive.in().enter_array()) return;
  while (archive.in().next_element()) {
    K value{};
    read_value(archive, value);
    if (!values.empty() && !(*values.rbegin() < value)) {
      archive.in().refuse("a set is not in ascending order");
    }
    values.insert(values.end(), std::move(value));
  }
}

template <class K, class V>
void CEREAL_LOAD_FUNCTION_NAME(JsonReader& archive, std::map<K, V>& values) {
  values.clear();
  if (!archive.in().enter_array()) return;
  while (archive.in().next_element()) {
    K key{};
    V value{};
    archive.enter_object();
    archive(cereal::make_nvp("key", key), cereal::make_nvp("value", value));
    archive.leave_object();
    if (!values.empty() && !(values.rbegin()->first < key)) {
      archive.in().refuse("keys are not in ascending order");
    }
    values.emplace_hint(values.end(), std::move(key), std::move(value));
  }
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(JsonReader& archive, cereal::NameValuePair<T>& member) {
  using Value = std::remove_cvref_t<T>;
  const bool here = archive.in().take_member(member.name);
  if constexpr (kIsOptional<Value>) {
    member.value.reset();
    if (here) read_value(archive, member.value.emplace());
  } else {
    if (here || archive.in().refuse_missing(member.name)) read_value(archive, member.value);
  }
}

template <class T>
void prologue(JsonReader& archive, const T&) {
  if constexpr (!LeafValue<T> && !ContainerValue<T>) archive.enter_object();
}
template <class T>
void epilogue(JsonReader& archive, const T&) {
  if constexpr (!LeafValue<T> && !ContainerValue<T>) archive.leave_object();
}
template <class T>
void prologue(JsonReader&, const cereal::NameValuePair<T>&) {}
template <class T>
void epilogue(JsonReader&, const cereal::NameValuePair<T>&) {}

template <class T>
[[nodiscard]] std::string to_canonical(const T& value) {
  JsonWriter archive;
  archive(value);
  return std::move(archive.out()).take();
}

/// Errors: malformed, limit.
template <class T>
[[nodiscard]] Result<T> from_canonical(std::string_view bytes) {
  CanonicalReader in(bytes);
  JsonReader archive(in);
  T value{};
  archive(value);
  if (!in.finish()) return std::unexpected(in.error());
  return value;
}

}  // namespace assay

CEREAL_REGISTER_ARCHIVE(assay::JsonWriter)
CEREAL_REGISTER_ARCHIVE(assay::JsonReader)
CEREAL_SETUP_ARCHIVE_TRAITS(assay::JsonReader, assay::JsonWriter)
