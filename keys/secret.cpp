#include "keys/secret.hpp"

#include <utility>

#include <openssl/crypto.h>

namespace assay::keys {

void Secret::Cleanse::operator()(char* bytes) const noexcept {
  OPENSSL_secure_clear_free(bytes, kCapacityBytes);
}

Secret::Secret() : bytes_(static_cast<char*>(OPENSSL_secure_zalloc(kCapacityBytes))) {
  ASSAY_ASSERT(bytes_ != nullptr);
}

Result<Secret> Secret::copy_of(std::string_view bytes) {
  Secret secret;
  for (const char c : bytes) {
    if (!secret.push_back(c)) {
      return fail(Errc::limit, "a secret may have at most 1024 bytes");
    }
  }
  return secret;
}

bool Secret::push_back(char c) noexcept {
  if (size_bytes_ == kCapacityBytes) return false;
  bytes_[size_bytes_++] = c;
  return true;
}

void Secret::pop_back() noexcept {
  ASSAY_ASSERT(size_bytes_ > 0);
  OPENSSL_cleanse(&bytes_[--size_bytes_], 1);
}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_bytes_(std::exchange(other.size_bytes_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  bytes_ = std::move(other.bytes_);
  size_bytes_ = std::exchange(other.size_bytes_, 0);
  return *this;
}

}  // namespace assay::keys
