// A conversation with a witness (C2SP tlog-witness), answered by the judgement that `assay witness`
// uses, with the store's part played by a variable: checkpoints, consistency proofs and
// cosignatures have to fit together for its status codes to come out.

#include <catch2/catch.hpp>

#include "ledger/format/cosignature.hpp"
#include "ledger/format/witness_judgement.hpp"
#include "tests/support/ed25519.hpp"
#include "tests/support/vectors.hpp"

using namespace assay;
using namespace assay::testing;
using nlohmann::json;

namespace {

struct Answer {
  int status = 0;
  std::string body;
};

class Witness {
 public:
  explicit Witness(const VKey& log)
      : log_(make_note_verifier(log, test_verifiers()).value()),
        logs_{{log_->name(), {log_.get()}, {}}},
        signer_(test_signer('w')) {}

  Answer add_checkpoint(std::string_view body) {
    const auto examined = examine_witness_request(body, logs_);
    if (!examined) return {examined.error().status, {}};
    if (const auto judged = judge_witness_request(*examined, latest_); !judged) {
      const int status = judged.error().status;
      return {status, status == 409 ? format_tree_size(latest_.size) : std::string()};
    }
    latest_ = examined->opened.checkpoint.head();
    const std::string& text = examined->opened.text;
    return {200, format_note({text, {cosign_text(text, 1, "w", *signer_).value()}}).value()};
  }

  [[nodiscard]] const merkle::TreeHead& latest() const { return latest_; }

 private:
  std::unique_ptr<NoteVerifier> log_;
  std::vector<CheckpointKeys> logs_;
  std::unique_ptr<Signer> signer_;
  merkle::TreeHead latest_;
};

}  // namespace

TEST_CASE("a witness answers as published", "[c2sp]") {
  const json file = read_json_vector(vectors_folder() / "derived" / "witness-add-checkpoint.json");
  Witness witness(parse_vkey(file.at("log_vkey").get<std::string>()).value());
  CHECK(file.at("steps").size() == 12);
  for (const json& step : file.at("steps")) {
    CAPTURE(step.at("name").get<std::string>());
    const std::uint64_t size_before = witness.latest().size;
    const Answer answer = witness.add_checkpoint(step.at("request").get<std::string>());
    CHECK(answer.status == step.at("status").get<int>());
    if (step.contains("body")) CHECK(answer.body == step.at("body").get<std::string>());
    if (step.contains("content_type"))
      CHECK(kTreeSizeContentType == step.at("content_type").get<std::string>());
    CHECK(witness.latest().size == step.value("state_after", size_before));
  }
}
