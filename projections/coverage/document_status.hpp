#pragma once

/// The life of a Depth and Breadth document's versions, and which version speaks for a planned
/// entry. Pure functions of the board.
///
///   DRAFT → PRESENTED_TO_TAG → BASELINED (TAG took a position for it) → PUBLISHED → SUPERSEDED

#include "projections/board/phase_board.hpp"

namespace assay::projections {

enum class DocumentStatus : std::uint8_t {
  draft,
  presented_to_tag,
  baselined,
  published,
  superseded,
};

/// The type of document that describes the depth and breadth of one kind of test.
[[nodiscard]] events::DocumentType document_type_of(events::TestKind kind) noexcept;

[[nodiscard]] DocumentStatus status_of(const PhaseBoard& board, const Identifier& document,
                                       const Identifier& version, const DocumentVersion& state);

/// A version, borrowed from the board.
struct DocumentRef {
  Identifier document;
  Identifier version;
  const DocumentVersion* state = nullptr;
};

/// True where `state` covers the cell of that planned entry and kind.
[[nodiscard]] bool covers(const DocumentVersion& state, const PlannedEntry& entry,
                          events::TestKind kind);

/// Versions of the right type that cover the cell, the one registered last first; superseded ones
/// are left out.
[[nodiscard]] std::vector<DocumentRef> documents_for(const PhaseBoard& board,
                                                     const PlannedEntry& entry,
                                                     events::TestKind kind);

/// The version that a phase follows for the entry: of the document that the phase names, else of
/// any that covers it. Null state where there is none.
[[nodiscard]] DocumentRef document_followed(const PhaseBoard& board, const Phase& phase,
                                            const PlannedEntry& entry);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::DocumentStatus>[] = {
    "DRAFT", "PRESENTED_TO_TAG", "BASELINED", "PUBLISHED", "SUPERSEDED"};
}  // namespace assay
