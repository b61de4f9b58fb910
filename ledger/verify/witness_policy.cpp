#include "ledger/verify/witness_policy.hpp"

#include <algorithm>
#include <map>

#include "ledger/verify/outside.hpp"

namespace assay::verify {
namespace {

/// The witnesses whose keys this program can verify, by the verifier of each.
using PolicyVerifiers = std::map<std::string, std::unique_ptr<NoteVerifier>>;

Result<PolicyVerifiers> verifiers_of(const TlogPolicy& policy, const VerifierFactory& factory) {
  PolicyVerifiers verifiers;
  for (const PolicyWitness& witness : policy.witnesses) {
    if (!witness.key.key) continue;
    auto verifier = make_note_verifier(*witness.key.key, factory);
    if (!verifier) {
      return std::unexpected(std::move(verifier).error().in("the key of witness " + witness.name));
    }
    verifiers.emplace(witness.name, *std::move(verifier));
  }
  return verifiers;
}

/// Whether one of the keys that the policy lists signed this checkpoint. Ids of keys are short, so
/// the signature itself is asked.
bool signed_by_listed(const TlogPolicy& policy, const OpenedCheckpoint& opened,
                      const VerifierFactory& factory) {
  return std::ranges::any_of(policy.logs, [&](const PolicyLog& log) {
    if (!log.key.key || log.key.key->name != opened.checkpoint.origin) return false;
    const auto verifier = make_note_verifier(*log.key.key, factory);
    return verifier && std::ranges::any_of(opened.log_signatures, [&](const NoteSignature& line) {
             return (*verifier)->made(line) && (*verifier)->verify(opened.text, line.signature);
           });
  });
}

/// " (a, b)", or nothing.
std::string in_brackets(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? " (" : ", ").append(name);
  return text.empty() ? text : text + ")";
}

}  // namespace

std::optional<PolicyAnswer> judge_policy(const TlogPolicy& policy, const std::string& note,
                                         const LogKeyVerifiers& log_keys,
                                         const VerifierFactory& factory,
                                         const std::optional<Timestamp>& now, ClaimBook& book) {
  const auto leave_open = [&](const std::string& reason) {
    book.leave_open(Claim::witness_quorum, reason, true);
    return std::nullopt;
  };
  const auto verifiers = verifiers_of(policy, factory);
  if (!verifiers) return leave_open(verifiers.error().message);
  std::vector<const NoteVerifier*> known;
  for (const auto& [name, verifier] : *verifiers) known.push_back(verifier.get());
  const auto opened = log_keys.open(note, known);
  if (!opened && opened.error().code == Errc::invalid_argument) {
    return leave_open(opened.error().message);
  }
  if (!opened) {
    book.object({Claim::witness_quorum, Error(opened.error()).in("the last checkpoint")});
    return std::nullopt;
  }
  if (!policy.logs.empty() && !signed_by_listed(policy, *opened, factory)) {
    return leave_open("no key that the policy lists for a log signed the last checkpoint of " +
                      opened->checkpoint.origin);
  }
  PolicyAnswer answer;
  for (const auto& [name, verifier] : *verifiers) {
    for (const Witnessed& line : opened->witnesses) {
      if (line.name != verifier->name() || line.key_id != verifier->key_id()) continue;
      (has_impossible_time(line, now) ? answer.untimely : answer.cosigned).insert(name);
    }
  }
  answer.met = is_met(policy, answer.cosigned);
  answer.asked_for = describe_quorum(policy);
  return answer;
}

std::string sentence_of(const PolicyAnswer& answer) {
  const std::string names = in_brackets(answer.cosigned);
  const std::size_t count = answer.cosigned.size();
  return std::to_string(count) + (count == 1 ? " witness" : " witnesses") +
         " cosigned the last checkpoint" + names + "; the policy asks for " + answer.asked_for +
         (answer.untimely.empty()
              ? std::string()
              : "; these say no time, or one to come by the clock here, and do not count" +
                    in_brackets(answer.untimely));
}

}  // namespace assay::verify
