#pragma once

/// What the files of keys/ share of OpenSSL: owners for its objects and one way to report its
/// failures. Included by .cpp files only, so that no OpenSSL type stands in a public header.
///
/// A failure is decided by the return code alone: libcrypto's error queue only words the message.

#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "ledger/base/error.hpp"

namespace assay::keys {

template <auto function>
struct OpensslFree {
  template <class T>
  void operator()(T* object) const noexcept {
    function(object);
  }
};

using BioPtr = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;
using MdContextPtr = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, OpensslFree<EVP_PKEY_CTX_free>>;

/// An error that ends in libcrypto's own first reason, if it left one. Empties the error queue.
[[nodiscard]] Error openssl_error(Errc code, std::string message);

/// The public half of `key` as DER SubjectPublicKeyInfo. Errors: crypto.
[[nodiscard]] Result<std::string> spki_of(const EVP_PKEY& key);

/// libcrypto counts in unsigned char; std::string in char.
[[nodiscard]] inline const unsigned char* octets(std::string_view bytes) noexcept {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace assay::keys
