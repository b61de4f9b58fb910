#include <openssl/err.h>
#include <openssl/pem.h>

#include "keys/timestamp_internal.hpp"

namespace assay::keys {
namespace {

constexpr int kAnchorsMax = 4'096;

/// A passphrase is never asked for: certificates have none.
int no_passphrase(char* /*out*/, int /*size*/, int /*writing*/, void* /*data*/) { return -1; }

std::unexpected<Error> no_certificates(const std::string& why) {
  ERR_clear_error();
  return fail(Errc::malformed, "the file of trusted certificates " + why,
              "give the authority's root certificate as PEM, as its operator publishes it");
}

}  // namespace

TrustAnchors::TrustAnchors(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
TrustAnchors::TrustAnchors(TrustAnchors&&) noexcept = default;
TrustAnchors& TrustAnchors::operator=(TrustAnchors&&) noexcept = default;
TrustAnchors::~TrustAnchors() = default;

std::size_t TrustAnchors::count() const noexcept {
  return static_cast<std::size_t>(sk_X509_num(impl_->certificates.get()));
}

Result<TrustAnchors> TrustAnchors::parse(std::string_view file) {
  if (file.size() > kTrustAnchorFileSizeBytes) {
    return fail(Errc::limit, "a file of certificates of more than " +
                                 std::to_string(kTrustAnchorFileSizeBytes) + " bytes");
  }
  if (file.empty()) return no_certificates("is empty");
  auto impl = std::make_unique<Impl>();
  impl->certificates.reset(sk_X509_new_null());
  ASSAY_ASSERT(impl->certificates != nullptr);
  STACK_OF(X509)* const list = impl->certificates.get();
  const unsigned char* at = octets(file);
  if (X509Ptr der(d2i_X509(nullptr, &at, static_cast<long>(file.size())));
      der != nullptr && at == octets(file) + file.size()) {
    ASSAY_ASSERT(sk_X509_push(list, der.release()) > 0);
    return TrustAnchors(std::move(impl));
  }
  ERR_clear_error();
  const BioPtr in(BIO_new_mem_buf(file.data(), static_cast<int>(file.size())));
  ASSAY_ASSERT(in != nullptr);
  while (X509* const certificate = PEM_read_bio_X509(in.get(), nullptr, no_passphrase, nullptr)) {
    ASSAY_ASSERT(sk_X509_push(list, certificate) > 0);
    if (sk_X509_num(list) > kAnchorsMax) return no_certificates("has more than 4,096 certificates");
  }
  const unsigned long last = ERR_peek_last_error();
  if (ERR_GET_LIB(last) != ERR_LIB_PEM || ERR_GET_REASON(last) != PEM_R_NO_START_LINE) {
    return no_certificates("holds a certificate that cannot be read");
  }
  if (sk_X509_num(list) == 0) return no_certificates("holds no certificate");
  ERR_clear_error();
  return TrustAnchors(std::move(impl));
}

}  // namespace assay::keys
