#include "ledger/format/schema_archive.hpp"

#include "ledger/base/limits.hpp"

namespace assay {

void SchemaWriter::member(std::string_view name, std::string schema, bool required) {
  Level& level = levels_.back();
  if (!level.properties.empty()) level.properties += ",";
  level.properties.append("\"").append(name).append("\":").append(schema);
  if (!required) return;
  if (!level.required.empty()) level.required += ",";
  level.required.append("\"").append(name).append("\"");
}

void SchemaWriter::end_object() {
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  result_ = R"({"additionalProperties":false,"properties":{)" + level.properties +
            R"(},"required":[)" + level.required + R"(],"type":"object"})";
}

namespace schema {

std::string text(std::string_view pattern, std::size_t length_max) {
  std::string out = "{";
  if (length_max > 0) out += R"("maxLength":)" + std::to_string(length_max) + ",";
  if (!pattern.empty()) out.append(R"("pattern":")").append(pattern).append(R"(",)");
  return out + R"("type":"string"})";
}

std::string text_enum(const std::string_view* texts, std::size_t count) {
  std::string out = R"({"enum":[)";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ",";
    out.append("\"").append(texts[i]).append("\"");
  }
  return out + "]}";
}

std::string integer(bool non_negative) {
  const std::string max = std::to_string(limits::kIntegerMax);
  return R"({"maximum":)" + max + R"(,"minimum":)" + (non_negative ? "0" : "-" + max) +
         R"(,"type":"integer"})";
}

std::string array(const std::string& items, bool unique) {
  return R"({"items":)" + items + R"(,"type":"array")" + (unique ? R"(,"uniqueItems":true})" : "}");
}

std::string pair_list(const std::string& key, const std::string& value) {
  return array(R"({"additionalProperties":false,"properties":{"key":)" + key + R"(,"value":)" +
                   value + R"(},"required":["key","value"],"type":"object"})",
               false);
}

}  // namespace schema
}  // namespace assay
