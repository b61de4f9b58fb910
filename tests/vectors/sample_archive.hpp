#pragma once

/// Fills an event with sample values from its field description: what a member is called and of
/// what type decides its value. Optional members are all present, or all absent.

#include <string>
#include <string_view>

#include "ledger/format/archive_traits.hpp"

namespace assay::testing {

class SampleArchive : public cereal::InputArchive<SampleArchive, cereal::AllowEmptyClassElision> {
 public:
  explicit SampleArchive(bool full) : InputArchive(this), full_(full) {}

  [[nodiscard]] bool full() const noexcept { return full_; }
  void enter(std::string_view member) { member_ = member; }

  void fill(std::string& value) const;
  void fill(Identifier& value) const;
  void fill(IdentifierSet& value) const;
  void fill(EventId& value) const { value = {41, 2}; }
  void fill(Hash& value) const;
  void fill(Timestamp& value) const;
  void fill(Base64Bytes& value) const;
  void fill(bool& value) const { value = true; }
  void fill(std::int64_t& value) const { value = -7; }
  void fill(std::uint64_t& value) const;
  /// The last of the texts, so that a table that lost or moved one shows.
  template <TextEnum E>
  void fill(E& value) const {
    value = static_cast<E>(std::size(kEnumTexts<E>) - 1);
  }

 private:
  bool full_;
  std::string member_;
};

template <class T>
void fill_value(SampleArchive& archive, T& value) {
  if constexpr (LeafValue<T>) {
    archive.fill(value);
  } else {
    archive(value);
  }
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(SampleArchive& archive, std::vector<T>& values) {
  values.resize(LeafValue<T> ? 2 : 1);
  for (T& value : values) fill_value(archive, value);
}

/// The sets of the vocabulary are of enumerations: all of their values.
template <TextEnum E>
void CEREAL_LOAD_FUNCTION_NAME(SampleArchive&, std::set<E>& values) {
  for (std::size_t i = 0; i < std::size(kEnumTexts<E>); ++i) values.insert(static_cast<E>(i));
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(SampleArchive& archive, cereal::NameValuePair<T>& member) {
  using Value = std::remove_cvref_t<T>;
  archive.enter(member.name);
  if constexpr (kIsOptional<Value>) {
    member.value.reset();
    if (archive.full()) fill_value(archive, member.value.emplace());
  } else {
    fill_value(archive, member.value);
  }
}

template <class T>
[[nodiscard]] T sample(bool full) {
  SampleArchive archive(full);
  T value{};
  archive(value);
  return value;
}

}  // namespace assay::testing

CEREAL_REGISTER_ARCHIVE(assay::testing::SampleArchive)
