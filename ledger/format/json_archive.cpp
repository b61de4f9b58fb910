#include "ledger/format/json_archive.hpp"

#include "ledger/base/encoding.hpp"

namespace assay {

void JsonWriter::put(const IdentifierSet& value) {
  out_.begin_array();
  for (const Identifier& id : value.ids) out_.string(id.text);
  out_.end_array();
}

void JsonWriter::put(const Base64Bytes& value) { out_.string(to_base64(value.bytes)); }

std::string_view JsonReader::text() {
  text_ = {};
  in_.read_string(text_, scratch_);
  return text_;
}

void JsonReader::refuse_text(std::string_view why) {
  if (!in_.ok()) return;
  constexpr std::size_t kShownBytes = 64;
  in_.refuse("\"" + std::string(text_.substr(0, kShownBytes)) + "\" " + std::string(why));
}

template <class T>
void JsonReader::assign(T& value, Result<T> parsed) {
  if (!in_.ok()) return;
  if (parsed) {
    value = *std::move(parsed);
  } else {
    in_.refuse(parsed.error().message);
  }
}

void JsonReader::get(std::string& value) {
  value.assign(text());
  if (value.size() > kTextSizeBytes) in_.refuse("text longer than 16384 bytes");
}

void JsonReader::get(Identifier& value) {
  value.text.assign(text());
  if (!is_identifier(value.text)) refuse_text("is not an identifier [A-Za-z0-9._-]{1,128}");
}

void JsonReader::get(IdentifierSet& value) {
  value.ids.clear();
  if (!in_.enter_array()) return;
  while (in_.next_element()) {
    Identifier& id = value.ids.emplace_back();
    get(id);
    const std::size_t count = value.ids.size();
    if (count > 1 && !(value.ids[count - 2] < value.ids[count - 1])) {
      refuse_text("is out of order: a set is written in ascending order");
    }
  }
}

void JsonReader::get(EventId& value) { assign(value, EventId::parse(text())); }
void JsonReader::get(Hash& value) { assign(value, Hash::from_hex(text())); }
void JsonReader::get(Timestamp& value) { assign(value, Timestamp::parse(text())); }

void JsonReader::get(Base64Bytes& value) { assign(value.bytes, from_base64(text())); }

void JsonReader::get(std::uint64_t& value) {
  std::int64_t number = 0;
  in_.read_integer(number);
  if (number < 0) in_.refuse("a negative number where a count was expected");
  value = static_cast<std::uint64_t>(number);
}

}  // namespace assay
