#pragma once

/// Entries for whoever judges and folds them. Signatures are the verifier's affair, so the entries
/// carry none that would hold; everything else is as in a real log.

#include <map>
#include <string>
#include <vector>

#include "ledger/verify/rules.hpp"
#include "tests/support/make_events.hpp"

namespace assay::testing {

/// The public key of whoever is called `name`, and its id.
[[nodiscard]] Base64Bytes public_key_of(const std::string& name);
[[nodiscard]] Hash key_of(const std::string& name);

struct Terms {
  std::optional<Seen> seen;
  std::vector<std::pair<std::string, std::uint64_t>> expect;
  std::optional<Timestamp> recorded_at;
  verify::OnObjection mode = verify::OnObjection::refuse;
  std::optional<std::string> log;  ///< instead of the log that it is
};

class FoldLog {
 public:
  /// Borrows `rules`, which must be fresh.
  explicit FoldLog(verify::Rules& rules) : rules_(rules) {}

  /// Has the next entry judged. It takes its place unless it was refused.
  std::vector<verify::Objection> say(const std::string& author, const std::vector<EventData>& data,
                                     const Terms& terms = {});
  /// As above, of event objects as they stand.
  std::vector<verify::Objection> say_text(const std::string& author,
                                          const std::vector<std::string>& events,
                                          const Terms& terms = {});
  /// `author` endorses event 0 of entry `index`, having seen the whole log.
  std::vector<verify::Objection> endorse(const std::string& author, std::uint64_t index,
                                         const Terms& terms = {});

  /// Genesis by "root-<party>" of each party.
  std::vector<verify::Objection> begin(const std::vector<std::string>& parties,
                                       std::uint64_t threshold);
  /// Genesis by DCC and SECAS, their parties and the service provider's, and keys that hold the
  /// roles: dcc-tm, dcc-rm, dcc-im, dcc-reg, sp-tl, harness, tag-sec. Asserts that all is admitted.
  void begin_programme();

  [[nodiscard]] events::LedgerCreated genesis(const std::vector<std::string>& parties,
                                              std::uint64_t threshold) const;
  /// The bytes of the next entry, for whoever folds it himself. It takes its place without being
  /// judged, and is not kept in `entries`: a log of any length can be made in little memory.
  std::string form(const std::string& author, const std::vector<EventData>& data);

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] const std::vector<std::string>& entries() const noexcept { return entries_; }
  /// What a decision has in view when it sees the whole log.
  [[nodiscard]] Seen seen() const { return {{}, size()}; }
  [[nodiscard]] Timestamp now() const { return now_; }

  static constexpr const char* kOrigin = "ledger.example/smets1-testing";

 private:
  std::string entry_of(const std::string& author, const std::vector<std::string>& events,
                       const Terms& terms, const Timestamp& at);
  [[nodiscard]] Timestamp next_time() const;
  void take(const std::string& author, const std::string& bytes, const Timestamp& at);

  verify::Rules& rules_;
  std::vector<std::string> entries_;
  std::uint64_t size_ = 0;
  Hash log_id_;
  Hash last_leaf_;
  std::map<std::string, std::uint64_t> sequences_;
  std::uint64_t submissions_ = 0;
  Timestamp now_{1'569'000'000'000'000};  // 2019-09-20
};

[[nodiscard]] events::KeyRegistered key_registered(const std::string& name,
                                                   const std::string& party);
[[nodiscard]] events::PartyRegistered party_registered(const std::string& party,
                                                       events::PartyClass kind);
[[nodiscard]] events::RoleGranted role_granted(const std::string& holder, const std::string& party,
                                               Role role);

}  // namespace assay::testing
