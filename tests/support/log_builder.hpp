#pragma once

/// Builds real logs in memory: every submission signed by its author, every entry linked, every
/// checkpoint signed by the log's key. The seed decides every byte.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/signer.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/merkle/compact_range.hpp"
#include "tests/support/memory_source.hpp"

namespace assay::testing {

/// Whoever signs: a key, and where its stream stands.
struct Author {
  std::string name;
  std::unique_ptr<Signer> signer;
  std::uint64_t sequence = 0;  // of the next submission
  Hash last;                   // digest of the one before

  [[nodiscard]] const Hash& key() const { return signer->verifier().key_id(); }
  [[nodiscard]] Base64Bytes public_key() const { return {signer->verifier().spki()}; }
};

class LogBuilder {
 public:
  static constexpr std::string_view kOrigin = "ledger.example/smets1-testing";

  explicit LogBuilder(std::uint64_t seed = 1, std::string origin = std::string(kOrigin));

  /// The author of that name, made on first use.
  Author& author(std::string_view name) { return author(name, KeyAlgorithm::ed25519); }
  /// The same; an ECDSA key is another one in each run.
  Author& author(std::string_view name, KeyAlgorithm algorithm);
  /// "log-0" signs checkpoints from the start, "log-1" is committed to next, and so on.
  Author& log_key(std::size_t number) { return author("log-" + std::to_string(number)); }

  /// Entry 0: root parties, each with one key "root-<party>", and as many of them as it takes.
  void begin(const std::vector<std::string>& root_parties, std::uint64_t threshold);

  struct Terms {
    bool see = false;            // name the present head as what the author had seen
    std::optional<Seen> seen{};  // or this one
    std::vector<std::pair<std::string, std::uint64_t>> expect{};
    std::optional<Timestamp> recorded_at{};
  };
  /// Signs `events` as `by`, with every key that they introduce, and appends. Gives the index.
  std::uint64_t append(Author& by, const std::vector<EventData>& events, const Terms& terms);
  std::uint64_t append(Author& by, const std::vector<EventData>& events) {
    return append(by, events, {});
  }
  /// `by` endorses every event of entry `index`.
  std::uint64_t endorse(Author& by, std::uint64_t index);

  /// A checkpoint of the present size, signed by log key `number`; the note is kept and returned.
  std::string checkpoint(std::size_t number = 0);
  /// A checkpoint that states what it is told to, signed by the given keys, and not kept.
  [[nodiscard]] std::string sign_head(const merkle::TreeHead& head,
                                      const std::vector<const Signer*>& signers) const;

  /// Puts a file beside the log; its digest is what events name.
  Hash add_evidence(std::string bytes);

  [[nodiscard]] merkle::TreeHead head() const { return range_.head(); }
  [[nodiscard]] const Hash& log_id() const { return log_id_; }
  [[nodiscard]] const std::string& origin() const { return origin_; }
  [[nodiscard]] Timestamp now() const { return now_; }
  [[nodiscard]] const MemoryLog& log() const { return log_; }
  [[nodiscard]] MemoryLog& log() { return log_; }

  /// What `by` would sign next: canonical bytes of a submission. Advances nothing.
  [[nodiscard]] std::string draft(Author& by, const std::vector<EventData>& events,
                                  const Terms& terms);
  /// The signatures that `submission` needs, by its author and the keys it introduces.
  [[nodiscard]] std::vector<EntrySignature> sign(std::string_view submission);

 private:
  void put(std::string entry);

  std::uint64_t seed_;
  std::string origin_;
  std::map<std::string, std::unique_ptr<Author>, std::less<>> authors_;
  MemoryLog log_;
  merkle::CompactRange range_;
  Hash log_id_;
  Hash last_leaf_;
  Timestamp now_;
  std::uint64_t submissions_ = 0;
};

/// The factory that the product uses.
[[nodiscard]] VerifierFactory real_verifiers();

}  // namespace assay::testing
