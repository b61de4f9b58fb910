#pragma once

/// Author streams: every key's submissions, dense and linked, so that a dropped one is found out by
/// the next (docs/format.md section 3). Pure; used by the store before it appends and by the
/// verifier. Thread word: thread-compatible.

#include <map>

#include <cereal/cereal.hpp>

#include "ledger/format/submission.hpp"

namespace assay::verify {

/// Where a key's stream stands.
struct StreamHead {
  std::uint64_t count = 0;      ///< submissions so far: the next sequence number
  Hash last;                    ///< SHA-256 of the last one; zero when count is 0
  std::uint64_t seen_size = 0;  ///< the largest log size this author had in view
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(count), CEREAL_NVP(last), CEREAL_NVP(seen_size));
  }
  bool operator==(const StreamHead&) const = default;
};

class AuthorStreams {
 public:
  /// Whether `submission` is the next of its author's stream, at log size `log_size`.
  /// Errors: conflict when it is too new or too old (a stale draft), forked when it has a place
  /// that is taken by other bytes or names another predecessor, rejected when `seen` goes back or
  /// lies ahead, or when it voids as refused the very submission that it follows.
  [[nodiscard]] Status check(const SubmissionView& submission, std::uint64_t log_size) const;
  /// Counts the submission in; its digest becomes the stream's last link.
  void advance(const SubmissionView& submission, const Hash& digest);

  [[nodiscard]] StreamHead head(const Hash& key) const;
  void set(const Hash& key, const StreamHead& head) { heads_[key] = head; }
  [[nodiscard]] const std::map<Hash, StreamHead>& heads() const noexcept { return heads_; }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("heads", heads_));
  }
  bool operator==(const AuthorStreams&) const = default;

 private:
  std::map<Hash, StreamHead> heads_;
};

}  // namespace assay::verify
