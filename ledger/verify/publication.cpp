#include "ledger/verify/publication.hpp"

#include <algorithm>

#include "ledger/format/json_archive.hpp"

namespace assay::verify {

const std::string* PublishedEvidence::reason_for(const Hash& digest) const noexcept {
  const auto found = std::ranges::lower_bound(withheld, digest, {}, &WithheldFile::digest);
  return found != withheld.end() && found->digest == digest ? &found->reason : nullptr;
}

Status PublishedEvidence::check() const {
  const auto disorder = std::ranges::adjacent_find(
      withheld,
      [](const WithheldFile& a, const WithheldFile& b) { return !(a.digest < b.digest); });
  if (disorder == withheld.end()) return {};
  return fail(Errc::malformed,
              "the withheld files are not in ascending order of their digests, at " +
                  disorder->digest.hex());
}

std::string format_publication(const Publication& publication) { return to_canonical(publication); }

Result<Publication> parse_publication(std::string_view text) {
  if (text.size() > kPublicationSizeBytes) {
    return fail(Errc::limit, "publication.json has " + std::to_string(text.size()) + " bytes");
  }
  ASSAY_TRY(Publication publication, from_canonical<Publication>(text));
  if (publication.schema != kPublicationSchema) {
    return fail(Errc::malformed, "publication.json is of schema \"" + publication.schema +
                                     "\", not " + std::string(kPublicationSchema));
  }
  ASSAY_CHECK(publication.evidence.check());
  const auto& timestamps = publication.timestamps;
  const auto disorder =
      std::ranges::adjacent_find(timestamps, [](const auto& a, const auto& b) { return !(a < b); });
  if (disorder != timestamps.end()) {
    return fail(Errc::malformed, "the timestamps are not in ascending order of their digests, at " +
                                     disorder->digest.hex());
  }
  return publication;
}

}  // namespace assay::verify
