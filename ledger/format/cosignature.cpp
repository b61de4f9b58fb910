#include "ledger/format/cosignature.hpp"

#include "ledger/format/vkey.hpp"

namespace assay {
namespace {

constexpr std::size_t kTimeSizeBytes = 8;
constexpr std::size_t kSignatureSizeBytes = 64;

}  // namespace

Result<Cosignature> decode_cosignature(std::string_view bytes) {
  if (bytes.size() != kTimeSizeBytes + kSignatureSizeBytes) {
    return fail(Errc::malformed, "a cosignature has 8 bytes of time and 64 of signature, not " +
                                     std::to_string(bytes.size()) + " in all");
  }
  Cosignature cosignature;
  for (const char c : bytes.substr(0, kTimeSizeBytes)) {
    cosignature.time_s = cosignature.time_s << 8U | static_cast<unsigned char>(c);
  }
  if (cosignature.time_s > INT64_MAX) {
    return fail(Errc::malformed, "the time of a cosignature is above 2^63 - 1");
  }
  cosignature.signature = bytes.substr(kTimeSizeBytes);
  return cosignature;
}

Result<std::string> encode_cosignature(const Cosignature& cosignature) {
  if (cosignature.time_s > INT64_MAX) {
    return fail(Errc::invalid_argument, "the time of a cosignature is above 2^63 - 1");
  }
  if (cosignature.signature.size() != kSignatureSizeBytes) {
    return fail(Errc::invalid_argument, "an Ed25519 signature has 64 bytes, not " +
                                            std::to_string(cosignature.signature.size()));
  }
  std::string bytes;
  for (unsigned i = kTimeSizeBytes; i-- > 0;) {
    bytes += static_cast<char>(cosignature.time_s >> (8 * i) & 0xFFU);
  }
  return bytes + cosignature.signature;
}

std::string cosignature_message(std::uint64_t time_s, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(time_s) + '\n' + std::string(text);
}

Result<NoteSignature> cosign_text(std::string_view text, std::uint64_t time_s,
                                  std::string_view name, const Signer& signer) {
  if (!is_key_name(name)) {
    return fail(Errc::invalid_argument,
                std::string(name) + " cannot be the name of a witness's key");
  }
  ASSAY_TRY(const auto public_key, Ed25519PublicKey::from_spki(signer.verifier().spki()));
  ASSAY_TRY(std::string signature, signer.sign(cosignature_message(time_s, text)));
  ASSAY_TRY(std::string bytes, encode_cosignature({time_s, std::move(signature)}));
  return NoteSignature{std::string(name),
                       note_key_id(name, NoteKeyType::cosignature_v1, public_key),
                       std::move(bytes)};
}

}  // namespace assay
