#pragma once

/// The log's signed word that it will not take a submission (docs/format.md section 9). With it the
/// author may use the sequence number again, naming the refused submission in `author.voids`.
/// Thread word: plain values and pure functions.

#include "ledger/base/signer.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay {

struct Refusal {
  Hash log;                ///< log id
  std::string message;     ///< why, for people
  std::string reason;      ///< name of the error code
  std::uint64_t size = 0;  ///< of the log, when it refused
  Hash submission;         ///< SHA-256 of the refused submission's bytes
  bool operator==(const Refusal&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(log), CEREAL_NVP(message), CEREAL_NVP(reason), CEREAL_NVP(size),
            CEREAL_NVP(submission));
  }
};

/// Canonical JSON, the bytes that the log's key signs.
[[nodiscard]] std::string format_refusal(const Refusal& refusal);
/// Errors: malformed.
[[nodiscard]] Result<Refusal> parse_refusal(std::string_view payload);
/// Signs under the DSSE payload type kRefusalPayloadType. Errors: those of `signer`.
[[nodiscard]] Result<std::string> sign_refusal(std::string_view payload, const Signer& signer);
/// Errors: tampered_signature.
[[nodiscard]] Status check_refusal(std::string_view payload, std::string_view signature,
                                   const Verifier& log_key);

}  // namespace assay
