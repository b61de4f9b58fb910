#pragma once

/// Which things exist, are open, have how many parts, and when each subject was last touched: what
/// the hard invariants and `expect` need. Changes of one submission can be taken back as a whole.
/// Keys are the exact texts, so no two things can ever be mistaken for one another.
/// Thread word: thread-compatible. Memory: about 120 bytes a thing.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/events/invariants.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay::projections {

enum class IdState : std::uint8_t { touched, open, closed };

struct IdEntry {
  IdState state = IdState::touched;  ///< touched: only named as a subject so far
  std::uint64_t parts = 0;
  std::uint64_t touched_size = 0;  ///< log size after the entry that last touched it
};

/// One row of the table's serialised form.
struct IdRow {
  std::string id;
  std::uint64_t parts = 0;
  IdState state = IdState::touched;
  std::uint64_t touched_size = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(parts), CEREAL_NVP(state), CEREAL_NVP(touched_size));
  }
};

class IdTable {
 public:
  [[nodiscard]] const IdEntry* find(std::string_view key) const;
  /// The entry under `key`, made if need be; its present value is kept for `roll_back`.
  IdEntry& change(std::string_view key);
  void commit() noexcept { undo_.clear(); }
  void roll_back();
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

  template <class Archive>
  void serialize(Archive& archive) {
    std::vector<IdRow> rows;
    if constexpr (Archive::is_saving::value) rows = sorted_rows();
    archive(cereal::make_nvp("rows", rows));
    if constexpr (Archive::is_loading::value) assign(std::move(rows));
  }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Map = std::unordered_map<std::string, IdEntry, TextHash, std::equal_to<>>;
  struct Undo {
    Map::pointer entry;
    std::optional<IdEntry> before;  ///< absent: the entry is new
  };

  [[nodiscard]] std::vector<IdRow> sorted_rows() const;
  void assign(std::vector<IdRow> rows);

  Map entries_;
  std::vector<Undo> undo_;
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::IdState>[] = {"touched", "open",
                                                                        "closed"};
}  // namespace assay
