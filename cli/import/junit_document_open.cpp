// Suites, cases and properties as their tags open: the attributes that have a meaning, and the
// rest.

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "cli/import/junit_document.hpp"
#include "cli/import/junit_limits.hpp"
#include "cli/import/junit_text.hpp"
#include "cli/import/visible.hpp"
#include "ledger/base/limits.hpp"

namespace assay::import {
namespace {

Status take_name(std::string& field, const XmlAttribute& attribute, const Position& at) {
  if (attribute.value.size() > limits::kNameSizeBytes)
    return fail(Errc::limit,
                fmt::format("a {} of {} bytes, more than {}, at {}", attribute.name,
                            attribute.value.size(), limits::kNameSizeBytes, place(at)));
  field = attribute.value;
  return {};
}

void take_other(std::vector<JunitAttribute>& others, const XmlAttribute& attribute) {
  KeptText value;
  value.append(attribute.value, limits::kMessageKeptBytes);
  others.push_back({std::string(attribute.name), value.marked()});
}

}  // namespace

Status JunitDocument::open_suite(bool container, std::span<const XmlAttribute> attributes,
                                 const Position& at) {
  if (case_)
    return fail(
        Errc::malformed, fmt::format("a suite inside a case, at {}", place(at)),
        "no known tool writes this; the file is kept as evidence, its results are not read");
  auto suite = std::make_shared<JunitSuite>();
  suite->container = container;
  suite->at = at;
  if (!suites_.empty()) suite->parent = suites_.back().suite;
  if (!container) {
    suite->ordinal = elements_.suites++;
    elements_.depth = std::max(elements_.depth, ++suite_depth_);
    if (suite_depth_ > limits::kSuiteDepth)
      return fail(Errc::limit, fmt::format("suites are nested more than {} deep, at {}",
                                           limits::kSuiteDepth, place(at)));
    if (elements_.suites > limits::kSuitesPerFile)
      return fail(Errc::limit,
                  fmt::format("more than {} suites, at {}", limits::kSuitesPerFile, place(at)));
  }
  for (const XmlAttribute& attribute : attributes)
    ASSAY_CHECK(read_suite_attribute(*suite, attribute));
  const std::string_view what = container ? "the root" : "a suite";
  suite->duration_ns = duration(suite->time, what);
  if (!container && suite->name.empty())
    warnings_.add("suite-without-name", "suites have no name", at);
  suites_.push_back({suite, 0});
  return sink_.on_suite_start(suite);
}

Status JunitDocument::read_suite_attribute(JunitSuite& suite, const XmlAttribute& attribute) {
  const auto& [name, value] = attribute;
  const auto count = [&](std::optional<std::uint64_t>& field) -> Status {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool whole = error == std::errc{} && end == value.data() + value.size();
    if (whole && number <= static_cast<std::uint64_t>(assay::limits::kIntegerMax)) {
      field = number;
    } else {
      warnings_.add("counter-unreadable",
                    fmt::format("the counter {}={} is not a number", name, quoted(value, 40)),
                    suite.at);
    }
    return {};
  };
  if (name == "name") return take_name(suite.name, attribute, suite.at);
  if (name == "package") return take_name(suite.package, attribute, suite.at);
  if (name == "id") return take_name(suite.id, attribute, suite.at);
  if (name == "hostname") return take_name(suite.hostname, attribute, suite.at);
  if (name == "file") return take_name(suite.file, attribute, suite.at);
  if (name == "time") return take_name(suite.time, attribute, suite.at);
  if (name == "tests") return count(suite.declared.tests);
  if (name == "failures") return count(suite.declared.failures);
  if (name == "errors") return count(suite.declared.errors);
  if (name == "skipped" || name == "skip" || name == "skips") return count(suite.declared.skipped);
  if (name == "disabled" || name == "ignored") return count(suite.declared.disabled);
  if (name == "timestamp") {
    suite.timestamp = stamp(value, "a suite");
  } else {
    take_other(suite.attributes, attribute);
  }
  return {};
}

Status JunitDocument::open_case(std::span<const XmlAttribute> attributes, const Position& at) {
  if (case_)
    return fail(
        Errc::malformed, fmt::format("a case inside a case, at {}", place(at)),
        "no known tool writes this; the file is kept as evidence, its results are not read");
  case_.emplace();
  case_property_bytes_ = 0;
  case_->at = at;
  case_->element = elements_.cases;
  case_->suite = suites_.back().suite;
  for (const XmlAttribute& attribute : attributes)
    ASSAY_CHECK(read_case_attribute(*case_, attribute));
  const std::string what = "case " + quoted(case_->name, 60);
  case_->duration_ns = duration(case_->time, what);
  if (is_blank(case_->name))
    warnings_.add("case-without-name", "cases have no name: only their place tells them apart", at);
  return {};
}

Status JunitDocument::read_case_attribute(JunitCase& found, const XmlAttribute& attribute) {
  const std::string_view name = attribute.name;
  if (name == "name") return take_name(found.name, attribute, found.at);
  if (name == "classname") return take_name(found.classname, attribute, found.at);
  if (name == "file") return take_name(found.file, attribute, found.at);
  if (name == "line") return take_name(found.line, attribute, found.at);
  if (name == "time") {
    if (is_blank(attribute.value))
      warnings_.add("time-unusable", "the time of cases is empty: the duration is unknown",
                    found.at);
    return take_name(found.time, attribute, found.at);
  }
  if (name == "timestamp") {
    found.timestamp = stamp(attribute.value, "case " + quoted(found.name, 60));
  } else {
    take_other(found.attributes, attribute);
  }
  return {};
}

Status JunitDocument::open_property(std::span<const XmlAttribute> attributes, const Position& at) {
  ++elements_.properties;
  property_ = JunitProperty{};
  property_text_ = KeptText{};
  property_has_value_ = false;
  inner_at_ = at;
  for (const XmlAttribute& attribute : attributes) {
    if (attribute.name == "name") ASSAY_CHECK(take_name(property_.name, attribute, at));
    if (attribute.name != "value") continue;
    property_.value.append(attribute.value, limits::kValueKeptBytes);
    property_has_value_ = true;
  }
  return {};
}

Status JunitDocument::close_property() {
  const bool has_text = !is_blank(property_text_.value);
  if (!property_has_value_ && has_text) property_.value = std::move(property_text_);
  if (property_has_value_ && has_text && property_text_.value != property_.value.value)
    warnings_.add("property-two-values",
                  fmt::format("the property {} has the value {} and the text {}: the value is kept",
                              quoted(property_.name, 60), quoted(property_.value.value, 60),
                              quoted(property_text_.value, 60)),
                  inner_at_);
  if (property_.name.empty())
    warnings_.add("property-without-name",
                  fmt::format("a property has no name; its value {} is kept without one",
                              quoted(property_.value.value, 60)),
                  inner_at_);
  std::size_t& bytes = case_ ? case_property_bytes_ : suites_.back().property_bytes;
  auto& owned = case_ ? case_->properties : suites_.back().suite->properties;
  bytes += property_.name.size() + property_.value.value.size();
  owned.push_back(std::move(property_));
  if (owned.size() > limits::kPropertiesPerOwner)
    return fail(Errc::limit,
                fmt::format("more than {} properties of one {}, at {}", limits::kPropertiesPerOwner,
                            case_ ? "case" : "suite", place(inner_at_)));
  if (bytes > limits::kPropertiesSizeBytes)
    return fail(Errc::limit, fmt::format("more than {} bytes of properties of one {}, at {}",
                                         limits::kPropertiesSizeBytes, case_ ? "case" : "suite",
                                         place(inner_at_)));
  return {};
}

}  // namespace assay::import
