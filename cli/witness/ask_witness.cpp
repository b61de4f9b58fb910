#include "cli/witness/ask_witness.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>

#include "cli/http/client.hpp"
#include "cli/terminal/shown.hpp"
#include "keys/verifier.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/format/witness_request.hpp"

namespace assay::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kCosigned = 200;
constexpr int kUntrustedKey = 403;
constexpr int kUnwatchedLog = 404;
constexpr int kOtherSize = 409;
constexpr int kWrongProof = 422;
constexpr std::size_t kReasonWidth = 200;

constexpr std::array<std::string_view, 8> kOutcomeTexts{"cosigned",    "already",     "no_address",
                                                        "unknown_key", "unreachable", "refused",
                                                        "bad_answer",  "forked"};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

class Conversation {
 public:
  Conversation(const CosignRequest& request, const PolicyWitness& witness)
      : request_(request),
        address_(witness.url),
        deadline_(steady_clock::now() + milliseconds(request.time_ms)) {
    while (address_.ends_with('/')) address_.pop_back();
  }

  Asked run(const VKey& key, std::uint64_t old_size) {
    auto verifier = make_note_verifier(key, keys::make_verifier);
    if (!verifier) return stop(AskOutcome::unknown_key, std::move(verifier).error());
    const std::uint64_t size = request_.opened.checkpoint.size;
    for (int attempt = 1;; ++attempt) {
      auto answer = post(old_size);
      if (!answer) return stop(outcome_of(answer.error()), std::move(answer).error());
      asked_.status = answer->status;
      if (answer->status == kCosigned) return take_line(**verifier, answer->body);
      if (answer->status != kOtherSize) return take_refusal(*answer);
      const auto told = parse_tree_size(answer->body);
      if (!told) return stop(AskOutcome::bad_answer, Error(told.error()).in("answer 409"));
      if (*told > size) return look_further(*told);
      // Once more with the size that it said. A second time, somebody else talks to it as well.
      if (attempt == 2 || *told == old_size) {
        return stop(
            AskOutcome::refused,
            {Errc::conflict,
             fmt::format("it says that it has size {}, and takes no proof from there", *told),
             "another run may be asking it: try again",
             {}});
      }
      old_size = *told;
    }
  }

 private:
  static AskOutcome outcome_of(const Error& error) {
    return error.code == Errc::limit || error.code == Errc::malformed ? AskOutcome::bad_answer
                                                                      : AskOutcome::unreachable;
  }

  Asked stop(AskOutcome outcome, Error error) {
    asked_.outcome = outcome;
    asked_.problem = std::move(error);
    return asked_;
  }

  /// What is left of the time for all that is asked of this witness.
  [[nodiscard]] HttpLimits limits() const {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline_ - steady_clock::now());
    return {static_cast<std::uint32_t>(std::max<std::int64_t>(left.count(), 1)),
            kWitnessAnswerSizeBytes};
  }

  Result<HttpAnswer> post(std::uint64_t old_size) {
    WitnessRequest body{old_size, {}, request_.note};
    const std::uint64_t size = request_.opened.checkpoint.size;
    if (old_size > 0) {
      ASSAY_TRY(body.proof, merkle::prove_consistency(old_size, size, request_.nodes));
    }
    ASSAY_TRY(const std::string bytes, format_witness_request(body));
    return http_post(address_ + "/add-checkpoint", bytes, limits());
  }

  /// Lines by keys that nobody knows are passed over, as the specification says.
  Asked take_line(const NoteVerifier& witness, const std::string& body) {
    const NoteVerifier* const known[] = {&witness};
    auto opened = open_note(request_.opened.text + "\n" + body, known);
    if (!opened) return stop(AskOutcome::bad_answer, std::move(opened).error().in("answer 200"));
    NoteSignature line = opened->verified.front();
    const auto cosignature = decode_cosignature(line.signature);
    if (!cosignature) return stop(AskOutcome::bad_answer, cosignature.error());
    const std::int64_t now_s = request_.now().us / 1'000'000;
    const std::uint64_t latest_s =
        static_cast<std::uint64_t>(std::max<std::int64_t>(now_s, 0)) + request_.clock_ahead_s_max;
    if (cosignature->time_s == 0 || cosignature->time_s > latest_s) {
      return stop(AskOutcome::bad_answer,
                  {Errc::clock,
                   fmt::format("it cosigned at second {}, and here it is second {}",
                               cosignature->time_s, now_s),
                   "one of the two clocks is wrong",
                   {}});
    }
    asked_.outcome = AskOutcome::cosigned;
    asked_.time_s = cosignature->time_s;
    asked_.line = std::move(line);
    return asked_;
  }

  Asked take_refusal(const HttpAnswer& answer) {
    const std::string reason = shown(first_line(answer.body), kReasonWidth);
    if (answer.status == kWrongProof) return look_further(std::nullopt, reason);
    if (answer.status == kUnwatchedLog) {
      return stop(AskOutcome::refused,
                  {Errc::rejected,
                   "it does not watch this log: " + reason,
                   "its operator adds the log's key: `assay checkpoint --vkey`",
                   {}});
    }
    if (answer.status == kUntrustedKey) {
      return stop(AskOutcome::refused, {Errc::rejected,
                                        "it does not trust the key that signed this: " + reason,
                                        "its operator may know an older key of the log",
                                        {}});
    }
    const AskOutcome outcome =
        answer.status >= 400 && answer.status < 500 ? AskOutcome::refused : AskOutcome::bad_answer;
    return stop(outcome,
                {Errc::rejected, fmt::format("it answered {}: {}", answer.status, reason), {}, {}});
  }

  /// The witness holds something else than this log, or says so: its own signed checkpoint tells.
  Asked look_further(std::optional<std::uint64_t> told, const std::string& reason = {}) {
    const Hash origin_hash = sha256(request_.opened.checkpoint.origin);
    auto held = http_get(fmt::format("{}/{}/checkpoint", address_, origin_hash.hex()), limits());
    const std::string said = told ? fmt::format("it says that it cosigned size {}", *told)
                                  : "it found the proof wrong: " + reason;
    if (!held || held->status != kCosigned) {
      return stop(AskOutcome::refused, {Errc::conflict,
                                        said + ", and does not show what it holds",
                                        "ask its operator for the checkpoint that it cosigned last",
                                        {}});
    }
    auto opened = open_checkpoint(held->body, {request_.log->name(), {request_.log}, {}});
    if (!opened) {
      return stop(AskOutcome::bad_answer,
                  std::move(opened).error().in(said + "; the checkpoint that it shows"));
    }
    return compare(opened->checkpoint, held->body, said);
  }

  Asked compare(const Checkpoint& theirs, std::string note, const std::string& said) {
    const Checkpoint& ours = request_.opened.checkpoint;
    std::string how;
    if (theirs.size > ours.size) {
      how = fmt::format(
          "it holds a checkpoint of {} entries that the log's key signed; this copy "
          "has signed for {} only",
          theirs.size, ours.size);
    } else {
      const auto root = merkle::root_at(theirs.size, request_.nodes);
      if (!root) return stop(AskOutcome::refused, Error(root.error()).in(said));
      if (*root == theirs.root) {
        return stop(AskOutcome::refused,
                    {Errc::conflict, said + "; what it shows is of this log", "try again", {}});
      }
      how = fmt::format("at size {} it holds root {}, signed by the log's key; this log has {}",
                        theirs.size, theirs.root.hex(), root->hex());
    }
    asked_.other = std::move(note);
    return stop(
        AskOutcome::forked,
        {Errc::forked, how, "keep everything as it is: two histories of this log exist", {}});
  }

  const CosignRequest& request_;
  std::string address_;
  steady_clock::time_point deadline_;
  Asked asked_;
};

}  // namespace

std::string_view text_of(AskOutcome outcome) noexcept {
  return kOutcomeTexts[static_cast<std::size_t>(outcome)];
}

Asked ask_witness(const CosignRequest& request, const PolicyWitness& witness,
                  std::uint64_t old_size) {
  return Conversation(request, witness).run(*witness.key.key, old_size);
}

}  // namespace assay::cli
