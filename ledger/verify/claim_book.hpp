#pragma once

/// Keeps, claim by claim, what a run objects to and what it had to leave open. Everything wrong is
/// counted; the first objections are kept, and for each claim always the one with the lowest entry.
/// Thread word: thread-compatible.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "ledger/verify/claims.hpp"

namespace assay::verify {

class ClaimBook {
 public:
  struct Page {
    std::uint64_t failed_count = 0;
    std::optional<Objection> first;  ///< of those that fail the claim
    int exit_code = 0;               ///< the lowest of them
    std::uint64_t open_count = 0;
    std::string open;  ///< the first reason for which something was not checked
    bool could_not_look = false;
  };

  explicit ClaimBook(std::size_t objections_kept) : objections_kept_(objections_kept) {}

  void object(Objection objection);
  /// Something of this claim was not checked. `could_not_look`: though it should have been.
  void leave_open(Claim claim, std::string reason, bool could_not_look = false);

  [[nodiscard]] const Page& page(Claim claim) const noexcept {
    return pages_[static_cast<std::size_t>(claim)];
  }
  /// The lowest entry that is known to be damaged or out of place; nothing where none is.
  [[nodiscard]] std::optional<std::uint64_t> first_damage() const noexcept;
  /// All kept objections, by entry.
  [[nodiscard]] std::vector<Objection> take_objections();
  [[nodiscard]] std::uint64_t objection_count() const noexcept { return objection_count_; }

 private:
  std::size_t objections_kept_;
  std::uint64_t objection_count_ = 0;
  std::vector<Objection> objections_;
  std::array<Page, kClaims> pages_;
};

/// "entry 12", as messages have it.
[[nodiscard]] std::string numbered(std::uint64_t entry);

/// An objection with the two values that disagree.
[[nodiscard]] Objection disagreement(Claim claim, Errc code, std::uint64_t entry,
                                     std::string message, std::string expected, std::string actual);

}  // namespace assay::verify
