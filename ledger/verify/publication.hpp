#pragma once

/// What a publisher says of what lies in a published directory or bundle: the files
/// `publication.json` and `bundle.json` (docs/format.md annex G). Nothing vouches for it; what it
/// says of the log is compared with the log. Thread word: plain values and pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay::verify {

inline constexpr std::string_view kPublicationSchema = "assay.publication/1";
/// Room for some 500,000 withheld files.
inline constexpr std::size_t kPublicationSizeBytes = std::size_t{1} << 26U;

/// Which evidence files lie with the log.
enum class EvidenceProfile : std::uint8_t {
  full,        ///< all
  tag,         ///< all but those that the log itself says are confidential
  public_log,  ///< none
};

}  // namespace assay::verify
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<verify::EvidenceProfile>[] = {"full", "tag", "public"};
}  // namespace assay
namespace assay::verify {

/// A file that events name and that was left out on purpose.
struct WithheldFile {
  Hash digest;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(reason));
  }
  bool operator==(const WithheldFile&) const = default;
};

struct PublishedEvidence {
  EvidenceProfile profile = EvidenceProfile::full;
  std::vector<WithheldFile> withheld;  ///< ascending by digest, each once
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(profile), CEREAL_NVP(withheld));
  }
  /// Why this file was left out; null where it was not.
  [[nodiscard]] const std::string* reason_for(const Hash& digest) const noexcept;
  /// Errors: malformed (the files are not in order).
  [[nodiscard]] Status check() const;
  bool operator==(const PublishedEvidence&) const = default;
};

/// A timestamp over the checkpoint of `size`, under `timestamps/<size>/<digest>.tsr`.
struct PublishedTimestamp {
  Hash digest;
  std::uint64_t size = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(size));
  }
  auto operator<=>(const PublishedTimestamp&) const = default;
};

struct Publication {
  PublishedEvidence evidence;
  Hash log;            ///< leaf hash of entry 0
  std::string origin;  ///< text from outside
  std::string schema{kPublicationSchema};
  std::uint64_t size = 0;  ///< of the log, in entries
  /// Ascending by digest, then size, each once: for readers who cannot list files.
  std::vector<PublishedTimestamp> timestamps;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(evidence), CEREAL_NVP(log), CEREAL_NVP(origin), CEREAL_NVP(schema),
            CEREAL_NVP(size), CEREAL_NVP(timestamps));
  }
  bool operator==(const Publication&) const = default;
};

/// The bytes of publication.json, which ends without a newline.
[[nodiscard]] std::string format_publication(const Publication& publication);
/// The inverse, and of nothing else. Errors: malformed (another schema too), limit.
[[nodiscard]] Result<Publication> parse_publication(std::string_view text);

}  // namespace assay::verify
