#pragma once

/// What happens in the golden log, told to whoever signs and numbers. Event data are written out as
/// the canonical JSON that they become, so that nothing but the format decides these bytes.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/signer.hpp"
#include "ledger/format/submission.hpp"
#include "ledger/merkle/compact_range.hpp"

namespace assay::testing {

inline constexpr std::string_view kGoldenOrigin = "ledger.example/golden";
inline constexpr std::string_view kGoldenRulebook =
    R"({"policies":[],"schema":"assay.rulebook/1","title":"no policy in force"})";
inline constexpr std::string_view kGoldenRunLog = "step 1: the meter joins\nstep 2: it answers\n";
inline constexpr std::string_view kGoldenMinutes = "minutes";
inline constexpr std::string_view kGoldenName = R"("A. N. Other")";

/// Whoever signs: a key, and where its stream stands.
struct GoldenKey {
  std::unique_ptr<Signer> signer;
  std::uint64_t sequence = 0;
  Hash last;

  [[nodiscard]] const Hash& id() const { return signer->verifier().key_id(); }
  [[nodiscard]] std::string hex() const { return id().hex(); }
  [[nodiscard]] std::string public_key() const;  ///< base64
};

/// Records the story. Thread word: thread-compatible.
class GoldenStory {
 public:
  /// `dcc_tm` signs with ECDSA P-256; all other keys are Ed25519, of known seeds.
  explicit GoldenStory(std::unique_ptr<Signer> dcc_tm);

  void tell();

  std::vector<std::string> entries;
  std::vector<merkle::TreeHead> heads;  ///< by size
  std::vector<Hash> leaves;
  std::string refused;            ///< the submission that the log did not take
  std::string refused_signature;  ///< by its author
  std::uint64_t refused_size = 0;
  std::map<std::string, GoldenKey> keys;
  Hash salt;  ///< of the only commitment

  [[nodiscard]] GoldenKey& key(const std::string& name) { return keys.at(name); }
  [[nodiscard]] static std::string seed_of(const std::string& name);

 private:
  struct Terms {
    bool see = false;
    std::optional<Hash> voids{};
    std::vector<std::pair<std::string, std::uint64_t>> expect{};
    std::vector<std::string> possession{};  ///< names of the keys that it introduces
  };
  using Event = std::pair<std::string, std::string>;  ///< type and data

  void begin();
  void govern();
  void plan();
  void run();
  void decide();
  void hand_over();

  [[nodiscard]] std::string draft(const GoldenKey& by, const std::vector<Event>& events,
                                  const Terms& terms);
  void record(const std::string& by, const std::vector<Event>& events, const Terms& terms);
  void record(const std::string& by, const std::vector<Event>& events) { record(by, events, {}); }
  void endorse(const std::string& by, std::uint64_t entry, const std::string& comment = {});
  [[nodiscard]] std::string root(const std::string& name, const std::string& party);
  [[nodiscard]] Event registration(const std::string& name, const std::string& party,
                                   const std::string& more = {});

  merkle::CompactRange range_;
  std::uint64_t submissions_ = 0;
};

}  // namespace assay::testing
