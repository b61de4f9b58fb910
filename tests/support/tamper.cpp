#include "tests/support/tamper.hpp"

#include <map>
#include <memory>
#include <mutex>

#include "ledger/format/checkpoint.hpp"

namespace assay::testing {
namespace {

struct Memory {
  std::mutex mutex;
  std::map<Hash, bool> answers;
};

class RememberingVerifier final : public Verifier {
 public:
  RememberingVerifier(std::unique_ptr<Verifier> real, std::shared_ptr<Memory> memory)
      : real_(std::move(real)), memory_(std::move(memory)) {}

  [[nodiscard]] KeyAlgorithm algorithm() const noexcept override { return real_->algorithm(); }
  [[nodiscard]] const Hash& key_id() const noexcept override { return real_->key_id(); }
  [[nodiscard]] const std::string& spki() const noexcept override { return real_->spki(); }
  [[nodiscard]] Status verify(std::string_view message, std::string_view signature) const override {
    // Three fixed-length digests: no two questions can be confused.
    const Hash parts[] = {real_->key_id(), sha256(message), sha256(signature)};
    const Hash question = sha256({parts[0].view(), parts[1].view(), parts[2].view()});
    {
      const std::lock_guard lock(memory_->mutex);
      const auto found = memory_->answers.find(question);
      if (found != memory_->answers.end() && found->second) return {};
    }
    Status status = real_->verify(message, signature);
    const std::lock_guard lock(memory_->mutex);
    memory_->answers[question] = status.has_value();
    return status;
  }

 private:
  std::unique_ptr<Verifier> real_;
  std::shared_ptr<Memory> memory_;
};

}  // namespace

Pieces take_apart(const std::string& entry) {
  EntryView view;
  ASSAY_ASSERT(parse_entry(entry, view).has_value());
  return {view.recorded_at, view.signatures, std::string(view.submission.bytes)};
}

std::vector<Pieces> take_apart(const MemoryLog& log) {
  std::vector<Pieces> pieces;
  for (const std::string& entry : log.entries) pieces.push_back(take_apart(entry));
  return pieces;
}

MemoryLog relinked(const MemoryLog& log, const std::vector<Pieces>& pieces) {
  MemoryLog made{{}, log.notes, log.evidence};
  EntryView first;
  ASSAY_ASSERT(parse_entry(log.entries.front(), first).has_value());
  Hash previous = first.previous;
  for (const Pieces& piece : pieces) {
    made.entries.push_back(format_entry(made.entries.size(), previous, piece.recorded_at,
                                        piece.signatures, piece.submission)
                               .value());
    previous = merkle::leaf_hash(made.entries.back());
  }
  return made;
}

MemoryLog resealed(const MemoryLog& log, const std::vector<Pieces>& pieces, LogBuilder& keys) {
  MemoryLog made = relinked(log, pieces);
  std::set<std::uint64_t> sizes;
  for (const std::string& note : log.notes) {
    sizes.insert(parse_checkpoint(parse_note(note).value().text).value().size);
  }
  made.notes.clear();
  merkle::CompactRange range;
  for (const std::string& entry : made.entries) {
    range.append(merkle::leaf_hash(entry));
    if (!sizes.contains(range.size())) continue;
    made.notes.push_back(keys.sign_head(range.head(), {keys.log_key(0).signer.get()}));
  }
  return made;
}

std::string flipped(std::string text, std::size_t bit) {
  text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
  return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  ASSAY_ASSERT(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

VerifierFactory remembering_verifiers() {
  static const auto kMemory = std::make_shared<Memory>();
  return [](std::string_view spki) -> Result<std::unique_ptr<Verifier>> {
    ASSAY_TRY(std::unique_ptr<Verifier> real, real_verifiers()(spki));
    return std::make_unique<RememberingVerifier>(std::move(real), kMemory);
  };
}

verify::Report verified(const MemoryLog& log, const verify::Options& options) {
  return verify::verify_log(MemorySource(log), remembering_verifiers(), options);
}

std::set<verify::Claim> failed_claims(const verify::Report& report) {
  std::set<verify::Claim> failed;
  for (const verify::ClaimReport& claim : report.claims) {
    if (claim.verdict == verify::Verdict::failed) failed.insert(claim.claim);
  }
  return failed;
}

std::optional<std::uint64_t> first_entry(const verify::Report& report) {
  std::optional<std::uint64_t> first;
  for (const verify::Objection& objection : report.objections) {
    const std::optional<std::uint64_t>& entry = objection.error.entry;
    if (entry && (!first || *entry < *first)) first = entry;
  }
  return first;
}

std::string all_objections(const verify::Report& report) {
  std::string text;
  for (const verify::Objection& objection : report.objections) {
    text += std::string(enum_text(objection.claim)) + ": " + objection.error.message + "\n";
  }
  return text;
}

}  // namespace assay::testing
