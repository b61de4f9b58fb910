#pragma once

/// Turns XML events into suites and cases, without judging them: the layer that both passes of the
/// reader share. Thread-compatible. Memory: the open suites and one case.
///
/// Elements are known by their local name, wherever they stand: a wrapper that no dialect knows
/// hides no case. Refused, with the place: a root that is neither <testsuites> nor <testsuite>, a
/// case or suite inside a case, and what is over a limit of junit_limits.hpp.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/junit_model.hpp"
#include "cli/import/junit_notes.hpp"
#include "cli/import/xml_reader.hpp"

namespace assay::import {

/// Receives the document in order. An error stops the reading.
class JunitDocumentSink {
 public:
  JunitDocumentSink() = default;
  JunitDocumentSink(const JunitDocumentSink&) = delete;
  JunitDocumentSink& operator=(const JunitDocumentSink&) = delete;
  virtual ~JunitDocumentSink() = default;

  /// Every start tag, before anything is made of it; `name` without its prefix.
  virtual void on_tag(std::string_view name, std::span<const XmlAttribute> attributes) = 0;
  /// For <testsuites> too (`container`). Properties are not read yet.
  virtual Status on_suite_start(const std::shared_ptr<const JunitSuite>& suite) = 0;
  virtual Status on_suite_end(const std::shared_ptr<const JunitSuite>& suite) = 0;
  /// `element`, `suite`, and everything the element holds are set; `outcome` is the element's
  /// alone.
  virtual Status on_case(JunitCase&& found) = 0;
  /// A piece of the nearest open suite's own system-out.
  virtual void on_suite_output(std::string_view text) = 0;
  virtual void on_comment(std::string_view text) = 0;
  /// A failure or error of a suite, outside any case.
  virtual void on_suite_fault(const JunitDetail& fault, const Position& at) = 0;
};

/// Of the elements alone: failure before error before skipped before passed.
[[nodiscard]] JunitOutcome element_outcome(const JunitCase& found) noexcept;

class JunitDocument final : public XmlSink {
 public:
  /// All three must outlive the document.
  JunitDocument(JunitDocumentSink& sink, const ZoneResolver& zone, JunitNotes& warnings);

  Status on_start(std::string_view name, std::span<const XmlAttribute> attributes,
                  const Position& at) override;
  Status on_end(std::string_view name) override;
  Status on_text(std::string_view text) override;
  Status on_comment(std::string_view text) override;

  [[nodiscard]] const JunitElements& elements() const noexcept { return elements_; }

 private:
  enum class Tag : std::uint8_t;
  /// Where text goes while an element is open.
  enum class Target : std::uint8_t {
    stray,  ///< nowhere: between elements
    ignored,
    detail,
    attempt,
    trace,
    property,
    case_output,
    case_error,
    suite_output,
  };
  struct Frame {
    Tag tag;
    Target target;
  };
  struct OpenSuite {
    std::shared_ptr<JunitSuite> suite;
    std::size_t property_bytes = 0;
  };

  static Tag tag_of(std::string_view local_name) noexcept;
  Status open(Frame& frame, std::string_view name, std::span<const XmlAttribute> attributes,
              const Position& at);
  void open_output(Frame& frame);
  Status check_root(Tag tag, std::string_view name, const Position& at) const;
  Status open_suite(bool container, std::span<const XmlAttribute> attributes, const Position& at);
  Status open_case(std::span<const XmlAttribute> attributes, const Position& at);
  Status read_suite_attribute(JunitSuite& suite, const XmlAttribute& attribute);
  Status read_case_attribute(JunitCase& found, const XmlAttribute& attribute);
  Status open_property(std::span<const XmlAttribute> attributes, const Position& at);
  [[nodiscard]] bool is_inside_another(Frame& frame, std::string_view name);
  void open_detail(Frame& frame, std::string_view name, std::span<const XmlAttribute> attributes);
  void open_attempt(Frame& frame, std::string_view name, std::span<const XmlAttribute> attributes);
  Status close_property();
  void close_detail();
  void close_attempt();
  Status close_case();
  void count_case(JunitOutcome outcome) noexcept;
  [[nodiscard]] JunitOutcome outcome_of(Tag tag) const noexcept;
  [[nodiscard]] std::optional<std::int64_t> duration(const std::string& raw, std::string_view what);
  [[nodiscard]] Stamp stamp(std::string_view raw, std::string_view what);
  void note_namespace(std::string_view name, const Position& at);

  JunitDocumentSink& sink_;
  const ZoneResolver& zone_;
  JunitNotes& warnings_;
  JunitElements elements_;
  std::vector<Frame> frames_;
  std::vector<OpenSuite> suites_;
  std::uint64_t suite_depth_ = 0;
  std::optional<JunitCase> case_;
  std::size_t case_property_bytes_ = 0;
  bool detail_open_ = false;
  JunitDetail detail_;
  bool attempt_open_ = false;
  JunitAttempt attempt_;
  KeptText trace_;
  JunitProperty property_;
  KeptText property_text_;
  bool property_has_value_ = false;
  Position at_;        ///< of the element opened last
  Position inner_at_;  ///< of the property or detail that is open
};

}  // namespace assay::import
