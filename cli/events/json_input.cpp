#include "cli/events/json_input.hpp"

#include <map>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/format/canonical_writer.hpp"

namespace assay::cli {
namespace {

/// Builds the value while the library parses, because its own value type keeps the last of two
/// members of one name and says nothing.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
  [[nodiscard]] Errc code() const noexcept { return code_; }
  [[nodiscard]] std::string take() && { return std::move(result_); }

  bool null() override { return refuse("null is not used: leave the member out"); }
  bool boolean(bool value) override { return put(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    if (value < -limits::kIntegerMax) return refuse("an integer below -(2^53 - 1)");
    return put(std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<std::uint64_t>(limits::kIntegerMax)) {
      return refuse("an integer above 2^53 - 1; write it as a string");
    }
    return put(std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override {
    return refuse("numbers are integers: " + text);
  }
  bool string(string_t& value) override {
    std::string text;
    append_json_string(text, value);
    return put(std::move(text));
  }
  bool binary(binary_t&) override { return refuse("binary values are not JSON"); }
  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool key(string_t& name) override {
    Level& level = levels_.back();
    if (level.members.contains(name)) {
      problem_ = "member \"" + name + "\" stands twice";
      return false;
    }
    level.name = name;
    return true;
  }
  bool end_object() override {
    std::string text = "{";
    for (const auto& [name, value] : levels_.back().members) {
      if (text.size() > 1) text += ",";
      append_json_string(text, name);
      text.append(":").append(value);
    }
    levels_.pop_back();
    return put(text + "}");
  }
  bool end_array() override {
    std::string text = "[";
    for (const std::string& value : levels_.back().elements) {
      if (text.size() > 1) text += ",";
      text += value;
    }
    levels_.pop_back();
    return put(text + "]");
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    // The library's text begins with an id of its own in brackets, which helps nobody here.
    std::string text = error.what();
    if (const std::size_t end = text.find("] "); end != std::string::npos) text.erase(0, end + 2);
    problem_ = "byte " + std::to_string(position == 0 ? 0 : position - 1) + ": " + text;
    return false;
  }

 private:
  struct Level {
    bool object = false;
    std::string name;
    std::map<std::string, std::string> members;
    std::vector<std::string> elements;
  };

  bool refuse(std::string problem) {
    problem_ = std::move(problem);
    if (!levels_.empty() && levels_.back().object) {
      problem_ = "member \"" + levels_.back().name + "\": " + problem_;
    }
    return false;
  }
  bool open(bool object) {
    if (levels_.size() == limits::kJsonDepth) {
      code_ = Errc::limit;
      return refuse("nested deeper than 32 levels");
    }
    levels_.push_back({object, {}, {}, {}});
    return true;
  }
  bool put(std::string value) {
    if (levels_.empty()) {
      result_ = std::move(value);
    } else if (levels_.back().object) {
      levels_.back().members.emplace(levels_.back().name, std::move(value));
    } else {
      levels_.back().elements.push_back(std::move(value));
    }
    return true;
  }

  std::vector<Level> levels_;
  std::string result_;
  std::string problem_;
  Errc code_ = Errc::malformed;
};

}  // namespace

Result<std::string> canonical_from_json(std::string_view text, std::size_t size_max_bytes) {
  if (text.size() > size_max_bytes) {
    return fail(Errc::limit, "JSON of " + std::to_string(text.size()) + " bytes; at most " +
                                 std::to_string(size_max_bytes) + " are taken");
  }
  if (text.empty()) return fail(Errc::malformed, "empty input where JSON was expected");
  if (!is_utf8(text)) return fail(Errc::malformed, "JSON must be UTF-8");
  Builder builder;
  if (!nlohmann::json::sax_parse(text, &builder)) {
    return fail(builder.code(), "not usable JSON: " + builder.problem());
  }
  return std::move(builder).take();
}

}  // namespace assay::cli
