#pragma once

/// JSON Schema (2020-12) from the same field description that reads and writes a type, so that the
/// published schema cannot drift from the code. Thread word: thread-compatible.

#include <string>
#include <string_view>
#include <vector>

#include "ledger/format/archive_traits.hpp"

namespace assay {

class SchemaWriter : public cereal::OutputArchive<SchemaWriter, cereal::AllowEmptyClassElision> {
 public:
  SchemaWriter() : OutputArchive(this) {}

  /// The schema of one type, as JSON text.
  template <class T>
  [[nodiscard]] static std::string of();

  void begin_object() { levels_.emplace_back(); }
  void end_object();
  void member(std::string_view name, std::string schema, bool required);
  [[nodiscard]] std::string take() && noexcept { return std::move(result_); }

 private:
  struct Level {
    std::string properties;
    std::string required;
  };
  std::vector<Level> levels_;
  std::string result_;
};

namespace schema {

[[nodiscard]] std::string text(std::string_view pattern, std::size_t length_max);
[[nodiscard]] std::string text_enum(const std::string_view* texts, std::size_t count);
[[nodiscard]] std::string integer(bool non_negative);
[[nodiscard]] std::string array(const std::string& items, bool unique);
[[nodiscard]] std::string pair_list(const std::string& key, const std::string& value);

inline constexpr std::string_view kIdentifier = "^[A-Za-z0-9._-]{1,128}$";
inline constexpr std::string_view kHash = "^[0-9a-f]{64}$";
inline constexpr std::string_view kTime =
    R"(^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z$)";
inline constexpr std::string_view kEventId = R"(^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$)";
inline constexpr std::string_view kBase64 =
    "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

template <class T>
[[nodiscard]] std::string of_value() {
  if constexpr (std::is_same_v<T, std::string>) {
    return text({}, kTextSizeBytes);
  } else if constexpr (std::is_same_v<T, Identifier>) {
    return text(kIdentifier, 0);
  } else if constexpr (std::is_same_v<T, IdentifierSet>) {
    return array(text(kIdentifier, 0), true);
  } else if constexpr (std::is_same_v<T, EventId>) {
    return text(kEventId, 0);
  } else if constexpr (std::is_same_v<T, Hash>) {
    return text(kHash, 0);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return text(kTime, 0);
  } else if constexpr (std::is_same_v<T, Base64Bytes>) {
    return text(kBase64, 0);
  } else if constexpr (std::is_same_v<T, bool>) {
    return R"({"type":"boolean"})";
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return integer(false);
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return integer(true);
  } else if constexpr (TextEnum<T>) {
    return text_enum(kEnumTexts<T>, std::size(kEnumTexts<T>));
  } else if constexpr (kIsVector<T>) {
    return array(of_value<typename T::value_type>(), false);
  } else if constexpr (kIsSet<T>) {
    return array(of_value<typename T::value_type>(), true);
  } else if constexpr (kIsMap<T>) {
    return pair_list(of_value<typename T::key_type>(), of_value<typename T::mapped_type>());
  } else {
    return SchemaWriter::of<T>();
  }
}

}  // namespace schema

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(SchemaWriter& archive, const cereal::NameValuePair<T>& member) {
  using Value = std::remove_cvref_t<T>;
  if constexpr (kIsOptional<Value>) {
    archive.member(member.name, schema::of_value<typename Value::value_type>(), false);
  } else {
    archive.member(member.name, schema::of_value<Value>(), true);
  }
}

template <class T>
std::string SchemaWriter::of() {
  SchemaWriter archive;
  const T example{};
  archive.begin_object();
  archive(example);
  archive.end_object();
  return std::move(archive).take();
}

}  // namespace assay

CEREAL_REGISTER_ARCHIVE(assay::SchemaWriter)
