#include <openssl/bn.h>
#include <openssl/err.h>

#include "keys/timestamp_internal.hpp"
#include "ledger/base/encoding.hpp"

namespace assay::keys {
namespace {

std::string_view bytes_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

/// "YYYYMMDDhhmmss[.fraction]Z" (RFC 3161 section 2.4.2), the fraction to microseconds.
Result<Timestamp> gen_time_of(const ASN1_GENERALIZEDTIME* time) {
  const std::string_view text = bytes_of(time);
  constexpr std::size_t kSecondsSize = 14;
  const auto malformed = [] {
    return fail(Errc::malformed, "the timestamp's time is not of the form of RFC 3161");
  };
  if (text.size() <= kSecondsSize || text.size() > 64 || !text.ends_with('Z')) return malformed();
  std::string fraction(text.substr(kSecondsSize, text.size() - kSecondsSize - 1));
  if (!fraction.empty()) {
    if (fraction.size() < 2 || fraction[0] != '.') return malformed();
    fraction.erase(0, 1);
    if (fraction.find_first_not_of("0123456789") != std::string::npos) return malformed();
  }
  fraction.resize(6, '0');
  const auto part = [&](std::size_t at, std::size_t size) {
    return std::string(text.substr(at, size));
  };
  auto parsed =
      Timestamp::parse(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
                       part(10, 2) + ":" + part(12, 2) + "." + fraction + "Z");
  if (!parsed) return malformed();
  return *parsed;
}

/// A part of the accuracy; absent is 0. Errors: malformed (out of its range).
Result<std::uint64_t> accuracy_part(const ASN1_INTEGER* part, std::uint64_t most) {
  if (part == nullptr) return std::uint64_t{0};
  std::uint64_t value = 0;
  if (ASN1_INTEGER_get_uint64(&value, part) != 1 || value > most) {
    ERR_clear_error();
    return fail(Errc::malformed, "the timestamp's accuracy is out of range");
  }
  return value;
}

Result<std::uint64_t> accuracy_of(TS_TST_INFO& info) {
  const TS_ACCURACY* const accuracy = TS_TST_INFO_get_accuracy(&info);
  if (accuracy == nullptr) return std::uint64_t{0};
  constexpr std::uint64_t kSecondsMax = 366ULL * 86'400;  // further off it says nothing
  ASSAY_TRY(const auto seconds, accuracy_part(TS_ACCURACY_get_seconds(accuracy), kSecondsMax));
  ASSAY_TRY(const auto millis, accuracy_part(TS_ACCURACY_get_millis(accuracy), 999));
  ASSAY_TRY(const auto micros, accuracy_part(TS_ACCURACY_get_micros(accuracy), 999));
  return seconds * 1'000'000 + millis * 1'000 + micros;
}

Result<std::string> serial_of(const ASN1_INTEGER* serial) {
  constexpr std::size_t kSerialSizeBytes = 20;  // RFC 3161: up to 160 bits
  const std::string_view bytes = bytes_of(serial);
  if (bytes.size() > kSerialSizeBytes + 1) {
    return fail(Errc::malformed, "the timestamp's serial number is longer than 160 bits");
  }
  return to_hex(bytes);
}

Status check_granted(TS_RESP& response) {
  const TS_STATUS_INFO* const status = TS_RESP_get_status_info(&response);
  const long code = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
  if (code == TS_STATUS_GRANTED || code == TS_STATUS_GRANTED_WITH_MODS) return {};
  std::string said;
  const STACK_OF(ASN1_UTF8STRING)* const texts = TS_STATUS_INFO_get0_text(status);
  if (sk_ASN1_UTF8STRING_num(texts) > 0) {
    said = bytes_of(sk_ASN1_UTF8STRING_value(texts, 0)).substr(0, 200);
    if (!is_utf8(said)) said.clear();
  }
  return fail(Errc::rejected, "the authority gave no timestamp: status " + std::to_string(code) +
                                  (said.empty() ? std::string() : ", \"" + said + "\""));
}

Status check_extensions(TS_TST_INFO& info) {
  for (int i = 0; i < TS_TST_INFO_get_ext_count(&info); ++i) {
    if (X509_EXTENSION_get_critical(TS_TST_INFO_get_ext(&info, i)) != 0) {
      return fail(Errc::unsupported,
                  "the timestamp has a critical extension unknown to this build");
    }
  }
  return {};
}

}  // namespace

Result<TsResponsePtr> read_response(std::string_view der) {
  if (der.size() > kTimestampSizeBytes) {
    return fail(Errc::limit,
                "a timestamp of more than " + std::to_string(kTimestampSizeBytes) + " bytes");
  }
  const unsigned char* at = octets(der);
  TsResponsePtr response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (response == nullptr || at != octets(der) + der.size()) {
    return fail(Errc::malformed, "the bytes are no RFC 3161 timestamp response",
                "give the .tsr file as the authority sent it");
  }
  return response;
}

Result<std::string> timestamp_response(std::string_view der) {
  if (auto whole = read_response(der); whole || whole.error().code != Errc::malformed) {
    if (!whole) return std::unexpected(std::move(whole).error());
    return std::string(der);
  }
  const unsigned char* at = octets(der);
  Pkcs7Ptr token(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
  const bool whole = token != nullptr && at == octets(der) + der.size();
  TsInfoPtr info(whole ? PKCS7_to_TS_TST_INFO(token.get()) : nullptr);
  const TsResponsePtr response(TS_RESP_new());
  const std::unique_ptr<TS_STATUS_INFO, OpensslFree<TS_STATUS_INFO_free>> status(
      TS_STATUS_INFO_new());
  ASSAY_ASSERT(response != nullptr && status != nullptr);
  if (info == nullptr || TS_STATUS_INFO_set_status(status.get(), TS_STATUS_GRANTED) != 1 ||
      TS_RESP_set_status_info(response.get(), status.get()) != 1) {
    ERR_clear_error();
    return fail(Errc::malformed, "the bytes are neither an RFC 3161 timestamp response nor a token",
                "give the .tsr file as the authority sent it");
  }
  TS_RESP_set_tst_info(response.get(), token.release(), info.release());
  unsigned char* out = nullptr;
  const int size_bytes = i2d_TS_RESP(response.get(), &out);
  if (size_bytes <= 0) {
    return std::unexpected(openssl_error(Errc::crypto, "cannot write the timestamp"));
  }
  std::string bytes(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size_bytes));
  OPENSSL_free(out);
  return bytes;
}

Result<TimestampToken> token_of(TS_RESP& response) {
  ASSAY_CHECK(check_granted(response));
  TS_TST_INFO* const info = TS_RESP_get_tst_info(&response);
  if (info == nullptr || TS_RESP_get_token(&response) == nullptr) {
    return fail(Errc::malformed, "the response holds no timestamp");
  }
  if (TS_TST_INFO_get_version(info) != 1) {
    return fail(Errc::unsupported, "the timestamp is not of version 1");
  }
  ASSAY_CHECK(check_extensions(*info));
  TimestampToken token;
  ASSAY_TRY(token.imprint, imprint_of(TS_TST_INFO_get_msg_imprint(info)));
  ASSAY_TRY(token.time, gen_time_of(TS_TST_INFO_get_time(info)));
  ASSAY_TRY(token.accuracy_us, accuracy_of(*info));
  ASSAY_TRY(token.serial, serial_of(TS_TST_INFO_get_serial(info)));
  ASSAY_TRY(token.nonce, nonce_of(TS_TST_INFO_get_nonce(info)));
  char policy[256] = {};
  if (OBJ_obj2txt(policy, sizeof policy, TS_TST_INFO_get_policy_id(info), 1) <= 0) {
    ERR_clear_error();
    return fail(Errc::malformed, "the timestamp's policy is no object identifier");
  }
  token.policy = policy;
  return token;
}

Result<TimestampToken> parse_timestamp(std::string_view response) {
  ASSAY_TRY(const TsResponsePtr read, read_response(response));
  return token_of(*read);
}

}  // namespace assay::keys
