#include "ledger/format/vkey.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/base/utf8.hpp"

namespace assay {
namespace {

/// SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING of 32 bytes }, up to the key (RFC 8410).
constexpr std::string_view kSpkiPrefix{"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12};

constexpr std::size_t kKeyIdDigits = 8;

/// The code point of one well-formed sequence of `bytes.size()` bytes.
std::uint32_t code_point(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return lead;
  std::uint32_t value = lead & (0xFFU >> (bytes.size() + 1));
  for (const char c : bytes.substr(1))
    value = value << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  return value;
}

/// The characters with the Unicode property White_Space.
bool is_space(std::uint32_t c) {
  if (c >= 0x09 && c <= 0x0D) return true;
  if (c >= 0x2000 && c <= 0x200A) return true;
  constexpr std::array<std::uint32_t, 9> kOthers{0x20,   0x85,   0xA0,   0x1680, 0x2028,
                                                 0x2029, 0x202F, 0x205F, 0x3000};
  return std::ranges::find(kOthers, c) != kOthers.end();
}

std::string key_id_digits(std::uint32_t key_id) {
  std::string raw;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) raw += static_cast<char>(key_id >> shift & 0xFFU);
  return to_hex(raw);
}

}  // namespace

std::string Ed25519PublicKey::spki() const { return std::string(kSpkiPrefix).append(view()); }

Result<Ed25519PublicKey> Ed25519PublicKey::from_bytes(std::string_view raw) {
  if (raw.size() != kSizeBytes) {
    return fail(Errc::malformed,
                "an Ed25519 public key has 32 bytes, not " + std::to_string(raw.size()));
  }
  Ed25519PublicKey key;
  std::ranges::copy(raw, reinterpret_cast<char*>(key.bytes.data()));
  return key;
}

Result<Ed25519PublicKey> Ed25519PublicKey::from_spki(std::string_view spki) {
  if (spki.size() != kSpkiPrefix.size() + kSizeBytes || !spki.starts_with(kSpkiPrefix)) {
    return fail(Errc::unsupported, "only an Ed25519 key can sign notes");
  }
  return from_bytes(spki.substr(kSpkiPrefix.size()));
}

bool is_key_name(std::string_view name) noexcept {
  if (name.empty()) return false;
  while (!name.empty()) {
    const std::size_t length = utf8_length(name);
    if (length == 0) return false;
    const std::uint32_t c = code_point(name.substr(0, length));
    if (c < 0x20 || c == '+' || is_space(c)) return false;
    name.remove_prefix(length);
  }
  return true;
}

std::uint32_t note_key_id(std::string_view name, NoteKeyType type,
                          const Ed25519PublicKey& public_key) {
  const char type_byte = static_cast<char>(type);
  const Hash hash = sha256({name, "\n", {&type_byte, 1}, public_key.view()});
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) id = id << 8U | hash.bytes[i];
  return id;
}

Result<std::string> format_vkey(const VKey& key) {
  if (!is_key_name(key.name)) {
    return fail(Errc::invalid_argument, "\"" + key.name + "\" cannot be the name of a key",
                "use a name without spaces and \"+\", such as example.com/log");
  }
  std::string raw(1, static_cast<char>(key.type));
  raw += key.public_key.view();
  return key.name + '+' + key_id_digits(key.key_id()) + '+' + to_base64(raw);
}

Result<VKey> parse_vkey(std::string_view text) {
  constexpr std::string_view kHint = "a verifier key looks like example.com/log+1234abcd+AQ...";
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || second - first - 1 != kKeyIdDigits ||
      !is_key_name(text.substr(0, first))) {
    return fail(Errc::malformed, "not a verifier key", std::string(kHint));
  }
  auto raw = from_base64(text.substr(second + 1));
  if (!raw) return std::unexpected(std::move(raw).error().in("public key of the verifier key"));
  const auto type = static_cast<NoteKeyType>(raw->empty() ? '\0' : raw->front());
  if (type != NoteKeyType::ed25519 && type != NoteKeyType::cosignature_v1) {
    return fail(Errc::unsupported, "a verifier key of a type other than Ed25519 (01, 04)");
  }
  VKey key{std::string(text.substr(0, first)), type, {}};
  ASSAY_TRY(key.public_key, Ed25519PublicKey::from_bytes(std::string_view(*raw).substr(1)));
  if (key_id_digits(key.key_id()) != text.substr(first + 1, kKeyIdDigits)) {
    return fail(Errc::malformed, "the id in the verifier key is not that of its name and key",
                "a character of it may have been changed: ask for it again");
  }
  return key;
}

}  // namespace assay
