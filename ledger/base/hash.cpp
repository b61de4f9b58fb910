#include "ledger/base/hash.hpp"

#include <algorithm>

#include <openssl/evp.h>

#include "ledger/base/encoding.hpp"

namespace assay {
namespace {

/// One context a thread, its algorithm fetched once for the life of the process.
class Sha256Context {
 public:
  Sha256Context() : context_(EVP_MD_CTX_new()) {
    static EVP_MD* const kMd = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    ASSAY_ASSERT(context_ != nullptr && kMd != nullptr);
    ASSAY_ASSERT(EVP_DigestInit_ex2(context_, kMd, nullptr) == 1);
  }
  ~Sha256Context() { EVP_MD_CTX_free(context_); }
  Sha256Context(const Sha256Context&) = delete;
  Sha256Context& operator=(const Sha256Context&) = delete;

  /// No algorithm is named: the context starts again with the one that it was made with.
  void begin() { ASSAY_ASSERT(EVP_DigestInit_ex2(context_, nullptr, nullptr) == 1); }
  void update(std::string_view bytes) {
    ASSAY_ASSERT(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1);
  }
  Hash finish() {
    Hash hash;
    ASSAY_ASSERT(EVP_DigestFinal_ex(context_, hash.bytes.data(), nullptr) == 1);
    return hash;
  }

 private:
  EVP_MD_CTX* context_;
};

Sha256Context& thread_context() {
  thread_local Sha256Context context;
  return context;
}

/// Below this size, copying the parts together costs less than a call into libcrypto for each: a
/// tree node (1 + 32 + 32 bytes) is the message that is hashed most.
constexpr std::size_t kGatherSizeBytes = 256;

}  // namespace

std::string Hash::hex() const { return to_hex(view()); }

Result<Hash> Hash::from_hex(std::string_view text) {
  if (text.size() != 2 * kSizeBytes) {
    return fail(Errc::malformed, "a hash must be 64 lower-case hexadecimal digits, not " +
                                     std::to_string(text.size()) + " characters");
  }
  Hash hash;
  if (decode_hex(text, hash.bytes.data())) return hash;
  return std::unexpected(assay::from_hex(text).error());  // which names the digit
}

Result<Hash> Hash::from_bytes(std::string_view raw) {
  if (raw.size() != kSizeBytes) {
    return fail(Errc::malformed, "a hash must be 32 bytes, not " + std::to_string(raw.size()));
  }
  Hash hash;
  std::copy(raw.begin(), raw.end(), reinterpret_cast<char*>(hash.bytes.data()));
  return hash;
}

Hash sha256(std::string_view bytes) noexcept {
  Sha256Context& context = thread_context();
  context.begin();
  context.update(bytes);
  return context.finish();
}

Hash sha256(std::initializer_list<std::string_view> parts) noexcept {
  std::size_t size_bytes = 0;
  for (const std::string_view part : parts) size_bytes += part.size();
  if (size_bytes <= kGatherSizeBytes) {
    std::array<char, kGatherSizeBytes> gathered;
    char* end = gathered.data();
    for (const std::string_view part : parts) end = std::copy(part.begin(), part.end(), end);
    return sha256(std::string_view(gathered.data(), size_bytes));
  }
  Sha256Context& context = thread_context();
  context.begin();
  for (const std::string_view part : parts) context.update(part);
  return context.finish();
}

void Digest::Free::operator()(void* context) const noexcept {
  EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

Digest::Digest(const char* algorithm) : context_(EVP_MD_CTX_new()) {
  EVP_MD* const md = EVP_MD_fetch(nullptr, algorithm, nullptr);
  ASSAY_ASSERT(context_ != nullptr && md != nullptr);
  ASSAY_ASSERT(EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_.get()), md, nullptr) == 1);
  EVP_MD_free(md);
}

Digest Digest::sha256() { return Digest("SHA256"); }
Digest Digest::sha512() { return Digest("SHA512"); }

void Digest::update(std::string_view bytes) noexcept {
  ASSAY_ASSERT(
      EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), bytes.size()) == 1);
}

std::string Digest::finish_hex() noexcept {
  std::array<unsigned char, EVP_MAX_MD_SIZE> buffer{};
  unsigned int size_bytes = 0;
  ASSAY_ASSERT(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_.get()), buffer.data(),
                                  &size_bytes) == 1);
  return to_hex({reinterpret_cast<const char*>(buffer.data()), size_bytes});
}

}  // namespace assay
