#include "ledger/format/canonical_writer.hpp"

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"

namespace assay {

void append_json_string(std::string& out, std::string_view value) {
  out.push_back('"');
  for (const char c : value) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\f': out += "\\f"; break;
      case '\r': out += "\\r"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += to_hex({&c, 1});
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

void CanonicalWriter::before_value() {
  if (after_name_) {
    after_name_ = false;
    return;
  }
  if (levels_.empty()) return;
  if (levels_.back().started) text_.push_back(',');
  levels_.back().started = true;
}

CanonicalWriter& CanonicalWriter::begin_object() {
  before_value();
  text_.push_back('{');
  levels_.emplace_back();
  return *this;
}

CanonicalWriter& CanonicalWriter::end_object() {
  text_.push_back('}');
  levels_.pop_back();
  return *this;
}

CanonicalWriter& CanonicalWriter::begin_array() {
  before_value();
  text_.push_back('[');
  levels_.emplace_back();
  return *this;
}

CanonicalWriter& CanonicalWriter::end_array() {
  text_.push_back(']');
  levels_.pop_back();
  return *this;
}

CanonicalWriter& CanonicalWriter::name(std::string_view member) {
  Level& level = levels_.back();
  if (level.started) {
    const std::string_view last(text_.data() + level.last_name_at, level.last_name_size);
    ASSAY_ASSERT(last < member);
    text_.push_back(',');
  }
  level.started = true;
  text_.push_back('"');
  level.last_name_at = text_.size();
  level.last_name_size = member.size();
  text_ += member;
  text_ += "\":";
  after_name_ = true;
  return *this;
}

CanonicalWriter& CanonicalWriter::string(std::string_view value) {
  ASSAY_ASSERT(is_utf8(value));
  before_value();
  append_json_string(text_, value);
  return *this;
}

CanonicalWriter& CanonicalWriter::integer(std::int64_t value) {
  ASSAY_ASSERT(value >= -limits::kIntegerMax && value <= limits::kIntegerMax);
  before_value();
  text_ += std::to_string(value);
  return *this;
}

CanonicalWriter& CanonicalWriter::boolean(bool value) {
  before_value();
  text_ += value ? "true" : "false";
  return *this;
}

CanonicalWriter& CanonicalWriter::raw(std::string_view canonical) {
  before_value();
  text_ += canonical;
  return *this;
}

}  // namespace assay
