#pragma once

/// The claim `pin`: whether this is the log that somebody kept a head of, as a pin or as twelve
/// words, and nothing up to there was rewritten. Thread word: one thread.

#include <optional>

#include "ledger/verify/checkpoint_list.hpp"
#include "ledger/verify/verify.hpp"
#include "ledger/verify/walk.hpp"

namespace assay::verify {

class PinCheck {
 public:
  /// `options` must outlive this. Without a pin or words in them nothing is checked.
  explicit PinCheck(const Options& options) : options_(options) {}

  /// Once for each head that the entries lead to, in ascending order. `origin`: of entry 0, or
  /// empty where it could not be read.
  void reached(const merkle::TreeHead& head, std::string_view origin);

  /// What a run found that looked at the whole log, or as much of it as could be read.
  struct Found {
    const Walk& walk;
    const CheckpointList& checkpoints;
    const LogKeyVerifiers& log_keys;
    std::uint64_t size;        ///< entries that the source says it has
    std::uint64_t start_size;  ///< where the run began
    bool interrupted;          ///< the source could not be read to its end
  };
  void finish(const Found& found, ClaimBook& book);

  /// A pin was asked for, and the root at its size is not known.
  [[nodiscard]] bool is_open() const noexcept { return options_.pin != nullptr && !root_; }
  /// Of the first head that has the words.
  [[nodiscard]] std::optional<std::uint64_t> words_size() const noexcept { return words_size_; }

 private:
  void check_note(const Found& found, ClaimBook& book) const;
  void check_root(const Found& found, ClaimBook& book);
  void check_what_follows(const Found& found, ClaimBook& book) const;
  void check_words(const Found& found, ClaimBook& book) const;

  const Options& options_;
  std::optional<Hash> root_;  // at the pin's size
  std::optional<std::uint64_t> words_size_;
};

}  // namespace assay::verify
