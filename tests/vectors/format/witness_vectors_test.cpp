// A conversation with a witness (C2SP tlog-witness), answered by a witness made of the ledger's
// parts: checkpoints, consistency proofs and cosignatures have to fit together for its status codes
// to come out.

#include <map>

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/format/lines.hpp"
#include "ledger/merkle/proof.hpp"
#include "tests/support/ed25519.hpp"
#include "tests/support/vectors.hpp"

using namespace assay;
using namespace assay::testing;
using nlohmann::json;

namespace {

struct Request {
  std::uint64_t old_size = 0;
  merkle::Proof proof;
  std::string checkpoint;
};

Result<Request> parse_request(std::string_view body) {
  Request request;
  ASSAY_TRY(std::string_view line, take_line(body));
  if (!line.starts_with("old ")) return fail(Errc::malformed, "no old size");
  ASSAY_TRY(request.old_size, parse_decimal(line.substr(4)));
  ASSAY_TRY(line, take_line(body));
  while (!line.empty()) {
    ASSAY_TRY(request.proof.emplace_back(), hash_from_base64(line));
    ASSAY_TRY(line, take_line(body));
  }
  request.checkpoint = body;
  return request;
}

struct Answer {
  int status = 0;
  std::string body;
};

class Witness {
 public:
  explicit Witness(const VKey& log)
      : log_(make_note_verifier(log, test_verifiers()).value()), signer_(test_signer('w')) {}

  Answer add_checkpoint(std::string_view body) {
    const auto request = parse_request(body);
    const auto note = request ? parse_note(request->checkpoint) : fail(Errc::malformed, "request");
    const auto claimed = note ? parse_checkpoint(note->text) : fail(Errc::malformed, "note");
    if (!claimed) return {400, {}};
    if (claimed->origin != log_->name()) return {404, {}};
    const auto opened = open_checkpoint(request->checkpoint, {log_->name(), {log_.get()}, {}});
    if (!opened) return {opened.error().code == Errc::tampered_signature ? 403 : 422, {}};
    const merkle::TreeHead head = opened->checkpoint.head();
    if (request->old_size > head.size) return {400, {}};
    if (request->old_size != latest_.size) return {409, std::to_string(latest_.size) + "\n"};
    const bool consistent =
        latest_.size == 0 ? request->proof.empty()
                          : merkle::check_consistency(latest_, head, request->proof).has_value();
    if (!consistent) return {422, {}};
    latest_ = head;
    Note answer{opened->text, {cosign_text(opened->text, 1, "w", *signer_).value()}};
    return {200, format_note(answer).value()};
  }

  [[nodiscard]] const merkle::TreeHead& latest() const { return latest_; }

 private:
  std::unique_ptr<NoteVerifier> log_;
  std::unique_ptr<Signer> signer_;
  merkle::TreeHead latest_;
};

}  // namespace

TEST_CASE("a witness made of the ledger's parts answers as published", "[c2sp]") {
  const json file = read_json_vector(vectors_folder() / "derived" / "witness-add-checkpoint.json");
  Witness witness(parse_vkey(file.at("log_vkey").get<std::string>()).value());
  CHECK(file.at("steps").size() == 12);
  for (const json& step : file.at("steps")) {
    CAPTURE(step.at("name").get<std::string>());
    const std::uint64_t size_before = witness.latest().size;
    const Answer answer = witness.add_checkpoint(step.at("request").get<std::string>());
    CHECK(answer.status == step.at("status").get<int>());
    if (step.contains("body")) CHECK(answer.body == step.at("body").get<std::string>());
    CHECK(witness.latest().size == step.value("state_after", size_before));
  }
}
