#include "ledger/format/witness_request.hpp"

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/format/lines.hpp"
#include "ledger/format/note.hpp"

namespace assay {
namespace {

constexpr std::string_view kOld = "old ";

Status check_request_size(std::size_t size_bytes) {
  if (size_bytes <= kWitnessRequestSizeBytes) return {};
  return fail(Errc::limit, "a request to a witness has at most " +
                               std::to_string(kWitnessRequestSizeBytes) + " bytes, not " +
                               std::to_string(size_bytes));
}

}  // namespace

Result<std::string> format_witness_request(const WitnessRequest& request) {
  if (request.old_size > merkle::kTreeSizeMax) {
    return fail(Errc::invalid_argument, "the old size is at most 2^63 - 1");
  }
  if (request.proof.size() > limits::kProofHashes) {
    return fail(Errc::invalid_argument,
                "a proof has at most " + std::to_string(limits::kProofHashes) + " hashes");
  }
  ASSAY_CHECK(parse_note(request.checkpoint));
  std::string body = std::string(kOld) + std::to_string(request.old_size) + '\n';
  for (const Hash& hash : request.proof) body += to_base64(hash.view()) + '\n';
  body += '\n' + request.checkpoint;
  ASSAY_CHECK(check_request_size(body.size()));
  return body;
}

Result<WitnessRequest> parse_witness_request(std::string_view body) {
  ASSAY_CHECK(check_request_size(body.size()));
  WitnessRequest request;
  std::string_view rest = body;
  ASSAY_TRY(std::string_view line, take_line(rest));
  if (!line.starts_with(kOld)) {
    return fail(Errc::malformed, "line 1 is not \"old\" and a size");
  }
  const auto old_size = parse_decimal(line.substr(kOld.size()));
  if (!old_size) return std::unexpected(Error(old_size.error()).in("line 1: old size"));
  request.old_size = *old_size;
  for (std::size_t number = 2;; ++number) {
    ASSAY_TRY(line, take_line(rest));
    if (line.empty()) break;
    if (request.proof.size() == limits::kProofHashes) {
      return fail(Errc::malformed, "line " + std::to_string(number) + ": a proof has at most " +
                                       std::to_string(limits::kProofHashes) + " hashes");
    }
    auto hash = hash_from_base64(line);
    if (!hash) {
      return std::unexpected(std::move(hash).error().in("line " + std::to_string(number)));
    }
    request.proof.push_back(*hash);
  }
  auto note = parse_note(rest);
  if (!note) return std::unexpected(std::move(note).error().in("the checkpoint"));
  request.checkpoint = rest;
  return request;
}

std::string format_tree_size(std::uint64_t size) { return std::to_string(size) + '\n'; }

Result<std::uint64_t> parse_tree_size(std::string_view body) {
  if (!body.ends_with('\n')) return fail(Errc::malformed, "no line with a size");
  return parse_decimal(body.substr(0, body.size() - 1));
}

}  // namespace assay
