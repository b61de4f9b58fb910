#pragma once

/// Some of the entries of a log, one at a time in ascending order: what each says for itself, and
/// what those that follow each other say of one another. Thread word: thread-compatible.

#include <optional>
#include <string>
#include <vector>

#include "ledger/verify/evidence_list.hpp"
#include "ledger/verify/log_keys.hpp"
#include "ledger/verify/partial_streams.hpp"
#include "ledger/verify/report.hpp"
#include "ledger/verify/signature_check.hpp"
#include "ledger/verify/state.hpp"

namespace assay::verify {

class PartialEntries {
 public:
  /// Both borrowed.
  PartialEntries(ClaimBook& book, SharedKeyring& keys);

  void take(Examined& examined);
  /// No entry follows.
  void finish();

  [[nodiscard]] const std::optional<Hash>& log_id() const noexcept { return log_id_; }
  [[nodiscard]] const std::string& origin() const noexcept { return origin_; }
  [[nodiscard]] const LogKeys& log_keys() const noexcept { return log_keys_; }
  [[nodiscard]] const EvidenceList& evidence() const noexcept { return evidence_; }
  [[nodiscard]] Counts counts() const noexcept;
  /// Entries whose link was held against the entry before.
  [[nodiscard]] std::uint64_t links_checked() const noexcept { return links_checked_; }
  /// What compromised keys signed, of these entries and of a log of `log_size`.
  [[nodiscard]] std::vector<Taint> tainted(std::uint64_t log_size) const;

 private:
  struct Signed {
    Hash key;
    std::uint64_t entry = 0;
    Timestamp recorded_at;
  };
  void take_unread(const Examined& examined);
  void take_genesis(const Examined& examined);
  void take_place(const Examined& examined);
  void take_link(const Examined& examined);
  void take_time(const Examined& examined);
  void take_clock_resets(const Examined& examined);
  void take_undecodable(const Examined& examined);
  void take_notable(std::uint64_t index, const EventData& event);

  ClaimBook& book_;
  SignatureCheck signatures_;
  PartialStreams streams_;
  EvidenceList evidence_;
  LogKeys log_keys_;
  Counts counts_;
  std::optional<Hash> log_id_;
  std::string log_id_hex_;
  std::string origin_;
  std::optional<std::uint64_t> last_;  // index of the entry before, of those that are here
  std::optional<Hash> last_leaf_;      // nothing where its bytes are not there
  std::optional<Timestamp> last_recorded_at_;
  bool clock_may_be_reset_ = false;  // the last entry says or may endorse a clock reset
  std::uint64_t links_checked_ = 0;
  std::uint64_t links_open_ = 0;
  std::vector<Compromise> compromised_;
  std::vector<Signed> signed_;
};

}  // namespace assay::verify
