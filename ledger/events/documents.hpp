#pragma once

/// Events about documents, and the positions that TAG takes on them.

#include "ledger/events/programme.hpp"

namespace assay::events {

enum class DocumentType : std::uint8_t {
  dnb_mt,
  dnb_sit,
  dnb_srvt,
  dnb_regression,
  test_approach,
  completion_report,
  audit_report,
  workoff_plan,
  rtm,
  other,
};
enum class Position : std::uint8_t {
  endorsed,
  endorsed_with_comments,
  not_endorsed,
  noted,
  recommends_to_panel,
};

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::DocumentType>[] = {
    "DNB_MT",         "DNB_SIT",       "DNB_SRVT",
    "DNB_REGRESSION", "TEST_APPROACH", "COMPLETION_REPORT",
    "AUDIT_REPORT",   "WORKOFF_PLAN",  "RTM",
    "OTHER"};
template <>
inline constexpr std::string_view kEnumTexts<events::Position>[] = {
    "endorsed", "endorsed_with_comments", "not_endorsed", "noted", "recommends_to_panel"};
}  // namespace assay
namespace assay::events {

/// One cell that a Depth and Breadth document covers.
struct Coverage {
  Category category = Category::active;
  Identifier dmc;
  TestKind kind = TestKind::mt;
  Identifier smso;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(dmc), CEREAL_NVP(kind), CEREAL_NVP(smso));
  }
};

struct DocumentRegistered {
  static constexpr std::string_view kType = "document_registered";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  std::string classification;
  std::vector<Coverage> covers;
  Hash digest;  ///< of the document's bytes, kept as evidence
  Identifier document;
  DocumentType document_type = DocumentType::other;
  std::vector<std::string> obligations;  ///< as quoted: "MTAD 8.3"
  std::string title;
  Identifier version;

  void evidence_files(std::vector<Hash>& files) const { files.push_back(digest); }
  [[nodiscard]] std::string subject() const { return subject_of(Kind::document, document.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(classification), CEREAL_NVP(covers), CEREAL_NVP(digest),
            CEREAL_NVP(document), CEREAL_NVP(document_type), CEREAL_NVP(obligations),
            CEREAL_NVP(title), CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::document, versioned(document.text, version.text));
    for (const Coverage& cell : covers) v.exists(Kind::dmc, cell.dmc.text);
  }
};

/// One test that a Depth and Breadth document promises for one of the cells that it covers.
struct PromisedItem {
  Category category = Category::active;
  Identifier dmc;
  std::optional<Identifier> group;
  TestKind kind = TestKind::mt;
  Identifier smso;
  std::optional<Identifier> stage;
  IdentifierSet tags;
  Identifier test_case;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(dmc), CEREAL_NVP(group), CEREAL_NVP(kind),
            CEREAL_NVP(smso), CEREAL_NVP(stage), CEREAL_NVP(tags), CEREAL_NVP(test_case));
  }
};

/// What a Depth and Breadth document promises, item by item, as many events as it takes: the part
/// of it that a program can hold a scope against.
struct DocumentItemsListed {
  static constexpr std::string_view kType = "document_items_listed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  Identifier document;
  std::vector<PromisedItem> items;
  Identifier version;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::document, document.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(items), CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::document, versioned(document.text, version.text));
    for (const PromisedItem& item : items) {
      v.exists(Kind::dmc, item.dmc.text);
      if (item.group) v.exists(Kind::group, item.group->text);
    }
  }
};

struct DocumentPresented {
  static constexpr std::string_view kType = "document_presented";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::tag_sec}};
  Identifier date;
  Identifier document;
  Identifier meeting;
  Identifier version;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::document, document.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(date), CEREAL_NVP(document), CEREAL_NVP(meeting), CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::document, versioned(document.text, version.text));
    v.require(is_date(date.text), "date is a date like 2019-10-09");
  }
};

struct DocumentPublished {
  static constexpr std::string_view kType = "document_published";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  Identifier date;
  Identifier document;
  std::string url;
  Identifier version;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::document, document.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(date), CEREAL_NVP(document), CEREAL_NVP(url), CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::document, versioned(document.text, version.text));
    v.require(is_date(date.text), "date is a date like 2019-10-09");
  }
};

struct DocumentSuperseded {
  static constexpr std::string_view kType = "document_superseded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  Identifier document;
  Identifier new_version;
  Identifier old_version;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::document, document.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(new_version), CEREAL_NVP(old_version),
            CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::document, versioned(document.text, old_version.text));
    v.exists(Kind::document, versioned(document.text, new_version.text));
    v.require(old_version != new_version, "a version cannot supersede itself");
  }
};

/// A condition that TAG attaches to a position.
struct Condition {
  std::optional<Identifier> due;
  std::string text;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(due), CEREAL_NVP(text));
  }
};

/// `about` is the subject of something that exists, and every due day is a day.
void check_about(Invariants& v, const std::string& about, const std::vector<Condition>& conditions);

/// What TAG said about a document, a phase, a report; never an approval, unless policy makes it
/// one.
struct TagPositionRecorded {
  static constexpr std::string_view kType = "tag_position_recorded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::tag_sec}, .decision = true};
  std::string about;  ///< the subject of the position: "phase/…", "document/…"
  std::vector<Condition> conditions;
  std::vector<std::string> dissent;
  Identifier meeting;
  Hash minutes;  ///< digest of the minutes, kept as evidence
  Position position = Position::noted;
  std::optional<Identifier> version;  ///< of the document, where `about` is one

  void evidence_files(std::vector<Hash>& files) const { files.push_back(minutes); }
  [[nodiscard]] std::string subject() const { return about; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(conditions), CEREAL_NVP(dissent), CEREAL_NVP(meeting),
            CEREAL_NVP(minutes), CEREAL_NVP(position), CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const;
};

}  // namespace assay::events
