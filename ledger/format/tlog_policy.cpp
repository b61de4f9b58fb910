#include "ledger/format/tlog_policy.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "ledger/base/encoding.hpp"

namespace assay {
namespace {

constexpr std::string_view kNone = "none";

std::unexpected<Error> refuse_policy(std::string why) {
  return fail(Errc::malformed, std::move(why));
}

bool is_policy_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet == '\t' || (octet >= 0x20 && octet != 0x7F);
}

std::vector<std::string_view> items_of(std::string_view line) {
  std::vector<std::string_view> items;
  while (true) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return items;
    const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    items.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

/// The public key bytes of a vkey of whatever type, for telling one key from another.
Result<std::string> public_bytes(std::string_view vkey) {
  const std::size_t name_end = vkey.find('+');
  const std::size_t plus =
      name_end == std::string_view::npos ? name_end : vkey.find('+', name_end + 1);
  if (plus == std::string_view::npos) return refuse_policy("it is no verifier key");
  ASSAY_TRY(std::string bytes, from_base64(vkey.substr(plus + 1)));
  if (bytes.size() < 2) return refuse_policy("it is no verifier key");
  return bytes.substr(1);
}

class PolicyReader {
 public:
  Result<TlogPolicy> read(std::string_view text) {
    while (!text.empty()) {
      ++number_;
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (Status status = take(text.substr(0, end)); !status) {
        return std::unexpected(
            std::move(status).error().in("line " + std::to_string(number_) + " of the policy"));
      }
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (!has_quorum_) return refuse_policy("the policy has no quorum line");
    return std::move(policy_);
  }

 private:
  Status take(std::string_view line) {
    if (!std::ranges::all_of(line, is_policy_octet)) return refuse_policy("a control character");
    const std::vector<std::string_view> items = items_of(line);
    if (items.empty() || items[0].starts_with('#')) return {};
    if (items[0] == "log") return take_log(items);
    if (items[0] == "witness") return take_witness(items);
    if (items[0] == "group") return take_group(items);
    if (items[0] == "quorum") return take_quorum(items);
    return refuse_policy("a line begins with log, witness, group or quorum");
  }

  Status take_log(const std::vector<std::string_view>& items) {
    if (items.size() < 2 || items.size() > 3) return refuse_policy("log <vkey> [<url>]");
    if (policy_.logs.size() == kPolicyItems) return too_many("logs");
    ASSAY_TRY(PolicyKey key, take_key(items[1], NoteKeyType::ed25519));
    policy_.logs.push_back({std::move(key), std::string(items.size() == 3 ? items[2] : "")});
    return {};
  }

  Status take_witness(const std::vector<std::string_view>& items) {
    if (items.size() < 3 || items.size() > 4) return refuse_policy("witness <name> <vkey> [<url>]");
    if (policy_.witnesses.size() == kPolicyItems) return too_many("witnesses");
    ASSAY_CHECK(define(items[1]));
    ASSAY_TRY(PolicyKey key, take_key(items[2], NoteKeyType::cosignature_v1));
    policy_.witnesses.push_back(
        {std::string(items[1]), std::move(key), std::string(items.size() == 4 ? items[3] : "")});
    return {};
  }

  Status take_group(const std::vector<std::string_view>& items) {
    if (items.size() < 4) return refuse_policy("group <name> all|any|<k> <member>…");
    if (policy_.groups.size() == kPolicyItems) return too_many("groups");
    PolicyGroup group{std::string(items[1]), 0, {}};
    for (const std::string_view member : std::vector(items.begin() + 3, items.end())) {
      const auto found = defined_.find(member);
      if (found == defined_.end()) {
        return refuse_policy("\"" + std::string(member) + "\" is not defined before this line");
      }
      if (std::exchange(found->second, true)) {
        return refuse_policy("\"" + std::string(member) + "\" is a member already");
      }
      group.members.emplace_back(member);
    }
    // After its members, so that no group holds itself.
    ASSAY_CHECK(define(items[1]));
    ASSAY_TRY(group.needed, threshold(items[2], group.members.size()));
    policy_.groups.push_back(std::move(group));
    return {};
  }

  Status take_quorum(const std::vector<std::string_view>& items) {
    if (items.size() != 2) return refuse_policy("quorum <name>|none");
    if (std::exchange(has_quorum_, true)) return refuse_policy("a second quorum line");
    if (items[1] == kNone) return {};
    if (!defined_.contains(items[1])) {
      return refuse_policy("\"" + std::string(items[1]) + "\" is not defined before this line");
    }
    policy_.quorum = std::string(items[1]);
    return {};
  }

  Status define(std::string_view name) {
    if (name == kNone) return refuse_policy("\"none\" is no name to give");
    if (defined_.emplace(name, false).second) return {};
    return refuse_policy("\"" + std::string(name) + "\" is defined twice");
  }

  Result<PolicyKey> take_key(std::string_view text, NoteKeyType type) {
    PolicyKey taken{std::string(text), std::nullopt};
    auto key = parse_vkey(text);
    if (!key && key.error().code != Errc::unsupported) return std::unexpected(key.error());
    if (key && key->type != type) {
      return refuse_policy(type == NoteKeyType::ed25519
                               ? "this key makes cosignatures: it is not a log's"
                               : "this key signs notes: it is not a witness's");
    }
    ASSAY_TRY(std::string bytes, public_bytes(text));
    if (!public_keys_.insert(std::move(bytes)).second) {
      return refuse_policy("the same public key stands on an earlier line");
    }
    if (key) taken.key = *std::move(key);
    return taken;
  }

  static Result<std::size_t> threshold(std::string_view text, std::size_t members) {
    if (text == "all") return members;
    if (text == "any") return std::size_t{1};
    const auto count = parse_decimal(text);
    if (!count || *count == 0 || *count > members) {
      return refuse_policy("\"" + std::string(text) + "\" of " + std::to_string(members) +
                           " members: all, any, or a number from 1 to that");
    }
    return static_cast<std::size_t>(*count);
  }

  static Status too_many(std::string_view what) {
    return fail(Errc::limit, "more than " + std::to_string(kPolicyItems) + " " + std::string(what));
  }

  TlogPolicy policy_;
  std::map<std::string, bool, std::less<>> defined_;  // names; whether one is a member already
  std::set<std::string> public_keys_;
  bool has_quorum_ = false;
  std::size_t number_ = 0;
};

const PolicyGroup* find_group(const TlogPolicy& policy, const std::string& name) {
  const auto found = std::ranges::find(policy.groups, name, &PolicyGroup::name);
  return found == policy.groups.end() ? nullptr : &*found;
}

/// Every group stands after its members, so this ends.
bool has_spoken(const TlogPolicy& policy, const std::string& name,
                const std::set<std::string>& cosigned) {
  const PolicyGroup* const group = find_group(policy, name);
  if (group == nullptr) return cosigned.contains(name);
  const auto count = std::ranges::count_if(group->members, [&](const std::string& member) {
    return has_spoken(policy, member, cosigned);
  });
  return static_cast<std::size_t>(count) >= group->needed;
}

void add_names(const TlogPolicy& policy, const std::string& name, std::set<std::string>& names) {
  const PolicyGroup* const group = find_group(policy, name);
  if (group == nullptr) {
    names.insert(name);
    return;
  }
  for (const std::string& member : group->members) add_names(policy, member, names);
}

std::string describe(const TlogPolicy& policy, const std::string& name) {
  const PolicyGroup* const group = find_group(policy, name);
  if (group == nullptr) return name;
  std::string members;
  for (const std::string& member : group->members) {
    members.append(members.empty() ? "" : ", ").append(describe(policy, member));
  }
  return std::to_string(group->needed) + " of " + std::to_string(group->members.size()) + " (" +
         members + ")";
}

}  // namespace

Result<TlogPolicy> parse_policy(std::string_view text) {
  if (text.size() > kPolicySizeBytes) {
    return fail(Errc::limit, "a policy has at most " + std::to_string(kPolicySizeBytes) +
                                 " bytes, not " + std::to_string(text.size()));
  }
  return PolicyReader().read(text);
}

std::string format_policy(const TlogPolicy& policy) {
  std::string text;
  const auto line = [&](std::initializer_list<std::string_view> items) {
    std::string_view gap;
    for (const std::string_view item : items) {
      if (item.empty()) continue;
      text.append(std::exchange(gap, " ")).append(item);
    }
    text += '\n';
  };
  for (const PolicyLog& log : policy.logs) line({"log", log.key.text, log.url});
  for (const PolicyWitness& witness : policy.witnesses) {
    line({"witness", witness.name, witness.key.text, witness.url});
  }
  for (const PolicyGroup& group : policy.groups) {
    std::string members;
    for (const std::string& member : group.members) members.append(" ").append(member);
    line({"group", group.name, std::to_string(group.needed) + members});
  }
  line({"quorum", policy.quorum ? std::string_view(*policy.quorum) : kNone});
  return text;
}

Result<TlogPolicy> make_policy(const std::vector<PolicyWitness>& witnesses, std::size_t needed) {
  if (needed == 0 || needed > witnesses.size()) {
    return fail(Errc::invalid_argument, "a quorum of " + std::to_string(needed) + " out of " +
                                            std::to_string(witnesses.size()) + " witnesses");
  }
  TlogPolicy policy{{}, witnesses, {}, "the-witnesses"};
  PolicyGroup group{"the-witnesses", needed, {}};
  for (const PolicyWitness& witness : witnesses) group.members.push_back(witness.name);
  policy.groups.push_back(std::move(group));
  // One reader knows all the rules.
  return parse_policy(format_policy(policy));
}

Status check_asks_for_witnesses(const TlogPolicy& policy) {
  if (policy.quorum) return {};
  return fail(
      Errc::rejected,
      policy.witnesses.empty() ? "the policy names no witness" : "the policy's quorum is \"none\"",
      "it would be met by a checkpoint that nobody but the log has signed: name a group "
      "or a witness in its quorum line");
}

bool is_met(const TlogPolicy& policy, const std::set<std::string>& cosigned) {
  return !policy.quorum || has_spoken(policy, *policy.quorum, cosigned);
}

std::string describe_quorum(const TlogPolicy& policy) {
  return policy.quorum ? describe(policy, *policy.quorum) : std::string(kNone);
}

std::vector<VKey> known_keys(const TlogPolicy& policy) {
  std::vector<VKey> keys;
  for (const PolicyWitness& witness : policy.witnesses) {
    if (witness.key.key) keys.push_back(*witness.key.key);
  }
  return keys;
}

std::vector<std::string> counted_witnesses(const TlogPolicy& policy) {
  std::set<std::string> names;
  if (policy.quorum) add_names(policy, *policy.quorum, names);
  std::vector<std::string> ordered;
  for (const PolicyWitness& witness : policy.witnesses) {
    if (names.contains(witness.name)) ordered.push_back(witness.name);
  }
  return ordered;
}

}  // namespace assay
