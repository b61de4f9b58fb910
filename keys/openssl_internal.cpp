#include "keys/openssl_internal.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>

namespace assay::keys {

Error openssl_error(Errc code, std::string message) {
  if (const unsigned long first = ERR_peek_error(); first != 0) {
    if (const char* reason = ERR_reason_error_string(first); reason != nullptr) {
      message.append(" (libcrypto: ").append(reason).append(")");
    }
  }
  ERR_clear_error();
  return Error{code, std::move(message), {}, std::nullopt};
}

Result<std::string> spki_of(const EVP_PKEY& key) {
  unsigned char* der = nullptr;
  const int size_bytes = i2d_PUBKEY(&key, &der);
  if (size_bytes <= 0) {
    return std::unexpected(openssl_error(Errc::crypto, "cannot encode the public key"));
  }
  std::string spki(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size_bytes));
  OPENSSL_free(der);
  return spki;
}

}  // namespace assay::keys
