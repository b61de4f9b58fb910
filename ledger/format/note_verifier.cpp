#include "ledger/format/note_verifier.hpp"

#include <algorithm>
#include <utility>

#include "ledger/format/cosignature.hpp"

namespace assay {
namespace {

class TextVerifier final : public NoteVerifier {
 public:
  TextVerifier(VKey key, std::unique_ptr<Verifier> verifier)
      : NoteVerifier(std::move(key)), verifier_(std::move(verifier)) {}
  [[nodiscard]] Status verify(std::string_view text, std::string_view signature) const override {
    return verifier_->verify(text, signature);
  }

 private:
  std::unique_ptr<Verifier> verifier_;
};

class CosignatureVerifier final : public NoteVerifier {
 public:
  CosignatureVerifier(VKey key, std::unique_ptr<Verifier> verifier)
      : NoteVerifier(std::move(key)), verifier_(std::move(verifier)) {}
  [[nodiscard]] Status verify(std::string_view text, std::string_view signature) const override {
    const auto cosignature = decode_cosignature(signature);
    if (!cosignature) return fail(Errc::tampered_signature, cosignature.error().message);
    return verifier_->verify(cosignature_message(cosignature->time_s, text),
                             cosignature->signature);
  }

 private:
  std::unique_ptr<Verifier> verifier_;
};

/// nullptr where nobody known made the line.
Result<const NoteVerifier*> find_maker(const NoteSignature& line,
                                       std::span<const NoteVerifier* const> known) {
  const auto made_it = [&](const NoteVerifier* verifier) { return verifier->made(line); };
  const auto found = std::ranges::find_if(known, made_it);
  if (found == known.end()) return nullptr;
  if (std::find_if(found + 1, known.end(), made_it) != known.end()) {
    return fail(Errc::invalid_argument,
                "two known keys have the name " + line.name + " and the same key id",
                "list each key once, and rename one of two keys that collide");
  }
  return *found;
}

bool same_key(const NoteSignature& a, const NoteSignature& b) {
  return a.name == b.name && a.key_id == b.key_id;
}

}  // namespace

Result<std::unique_ptr<NoteVerifier>> make_note_verifier(const VKey& key,
                                                         const VerifierFactory& factory) {
  ASSAY_TRY(std::unique_ptr<Verifier> verifier, factory(key.public_key.spki()));
  if (key.type == NoteKeyType::cosignature_v1) {
    return std::make_unique<CosignatureVerifier>(key, std::move(verifier));
  }
  return std::make_unique<TextVerifier>(key, std::move(verifier));
}

Result<NoteSignature> sign_text(std::string_view text, std::string_view name,
                                const Signer& signer) {
  if (!is_key_name(name)) {
    return fail(Errc::invalid_argument, std::string(name) + " cannot be the name of a key");
  }
  ASSAY_TRY(const auto public_key, Ed25519PublicKey::from_spki(signer.verifier().spki()));
  ASSAY_TRY(std::string signature, signer.sign(text));
  return NoteSignature{std::string(name), note_key_id(name, NoteKeyType::ed25519, public_key),
                       std::move(signature)};
}

Result<OpenedNote> open_note(std::string_view bytes, std::span<const NoteVerifier* const> known) {
  ASSAY_TRY(Note note, parse_note(bytes));
  OpenedNote opened{std::move(note.text), {}, {}};
  for (NoteSignature& line : note.signatures) {
    ASSAY_TRY(const NoteVerifier* const maker, find_maker(line, known));
    if (maker == nullptr) {
      if (std::ranges::find(opened.ignored, line) == opened.ignored.end()) {
        opened.ignored.push_back(std::move(line));
      }
      continue;
    }
    const auto is_same = [&](const NoteSignature& other) { return same_key(line, other); };
    if (std::ranges::any_of(opened.verified, is_same)) continue;
    if (auto status = maker->verify(opened.text, line.signature); !status) {
      return std::unexpected(std::move(status).error().in("signature line by " + line.name));
    }
    opened.verified.push_back(std::move(line));
  }
  if (opened.verified.empty()) {
    return fail(Errc::tampered_signature, "no signature line is by a known key",
                "check that the key you gave belongs to whoever wrote this");
  }
  return opened;
}

}  // namespace assay
