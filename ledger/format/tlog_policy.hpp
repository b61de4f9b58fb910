#pragma once

/// Policies (C2SP tlog-policy): which keys are a log's, which are witnesses', and how many of the
/// witnesses must have cosigned a checkpoint.
///
///   log <vkey> [<url>]
///   witness <name> <vkey> [<url>]
///   group <name> all|any|<k> <member>…
///   quorum <name>|none
///
/// Lines of octets, items parted by spaces and tabs; `#` begins a comment line. Names are defined
/// before they are used, and each is a member of one group at most, so that nobody counts twice.
/// Thread word: plain values and pure functions.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/format/vkey.hpp"

namespace assay {

inline constexpr std::size_t kPolicySizeBytes = 262'144;
/// Logs, witnesses and groups each, at most.
inline constexpr std::size_t kPolicyItems = 256;

/// A key in a policy. A key of a type that this program cannot verify is kept by its text: whoever
/// signs with it counts as not having signed, and the rest of the policy holds.
struct PolicyKey {
  std::string text;         // the vkey as it stands there
  std::optional<VKey> key;  // absent: of an unknown type

  auto operator<=>(const PolicyKey&) const = default;
};

struct PolicyLog {
  PolicyKey key;
  std::string url;  // may be empty

  auto operator<=>(const PolicyLog&) const = default;
};

struct PolicyWitness {
  std::string name;  // in this policy; the key has a name of its own
  PolicyKey key;     // of type cosignature_v1 where it is known
  std::string url;   // where it is asked; may be empty

  auto operator<=>(const PolicyWitness&) const = default;
};

struct PolicyGroup {
  std::string name;
  std::size_t needed = 0;  // of the members, 1 to all
  std::vector<std::string> members;

  auto operator<=>(const PolicyGroup&) const = default;
};

struct TlogPolicy {
  std::vector<PolicyLog> logs;
  std::vector<PolicyWitness> witnesses;
  std::vector<PolicyGroup> groups;    // each after its members
  std::optional<std::string> quorum;  // absent: none, which asks for nobody

  auto operator<=>(const TlogPolicy&) const = default;
};

/// Errors: malformed (with the line's number; one public key twice), limit.
[[nodiscard]] Result<TlogPolicy> parse_policy(std::string_view text);

/// The policy in one form, which parses as the same policy.
[[nodiscard]] std::string format_policy(const TlogPolicy& policy);

/// All of `needed` out of some witnesses; what a command's options say. The names in the policy are
/// those of the keys. Errors: malformed (one key twice, another type of key), invalid_argument
/// (`needed` is 0 or above their number).
[[nodiscard]] Result<TlogPolicy> make_policy(const std::vector<PolicyWitness>& witnesses,
                                             std::size_t needed);

/// Refuses a policy that would be content with nobody's cosignature. Errors: rejected.
[[nodiscard]] Status check_asks_for_witnesses(const TlogPolicy& policy);

/// Whether the witnesses with these names in the policy are enough. `quorum none` always is.
[[nodiscard]] bool is_met(const TlogPolicy& policy, const std::set<std::string>& cosigned);

/// "2 of 3 (a, b, c)": what the quorum asks for, for people.
[[nodiscard]] std::string describe_quorum(const TlogPolicy& policy);

/// Keys of its witnesses, of those types that this program verifies.
[[nodiscard]] std::vector<VKey> known_keys(const TlogPolicy& policy);

/// Names of the witnesses that the quorum counts, in the policy's order.
[[nodiscard]] std::vector<std::string> counted_witnesses(const TlogPolicy& policy);

}  // namespace assay
