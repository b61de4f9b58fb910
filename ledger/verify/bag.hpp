#pragma once

/// A BagIt bag (RFC 8493, version 1.0) with SHA-256 manifests, as docs/format.md annex G has it.
/// The manifests say what the bag's maker put in: they protect from accidents, not from him.
/// Thread word: plain values and pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/hash.hpp"
#include "ledger/verify/claims.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::verify {

inline constexpr std::string_view kBagDeclaration =
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
inline constexpr std::string_view kBagDeclarationName = "bagit.txt";
inline constexpr std::string_view kBagInfoName = "bag-info.txt";
inline constexpr std::string_view kManifestName = "manifest-sha256.txt";
inline constexpr std::string_view kTagManifestName = "tagmanifest-sha256.txt";
/// Of a bag; a manifest has a line for each.
inline constexpr std::size_t kBagFilesMax = 1'000'000;
inline constexpr std::size_t kManifestSizeBytes = 268'435'456;

/// A file of the bag, as it is there.
struct BagFile {
  std::string name;  ///< relative to the bag's directory
  std::uint64_t size_bytes = 0;
  Hash sha256;
};

/// Ascending by name.
[[nodiscard]] const BagFile* find_file(const std::vector<BagFile>& files, std::string_view name);

/// What the payload is of: some entries with their proofs, a published directory, or nothing that a
/// bundle has.
enum class BagKind : std::uint8_t { partial, whole_log, other };
[[nodiscard]] BagKind kind_of(const std::vector<BagFile>& files);

/// A line of a manifest.
struct ManifestLine {
  std::string name;
  Hash sha256;
  bool operator==(const ManifestLine&) const = default;
};

/// Lines in the order of the names, as sha256sum writes them: "<hex>  <name>\n".
[[nodiscard]] std::string format_manifest(const std::vector<ManifestLine>& lines);
/// Ascending by name. Lines end in LF or CRLF, the last perhaps in nothing; between digest and name
/// stand spaces or tabs (RFC 8493 section 2.1.3). Errors: malformed (with the line's number; a name
/// that leads out of the bag or stands twice), limit.
[[nodiscard]] Result<std::vector<ManifestLine>> parse_manifest(std::string_view text);

/// Holds `files`, which are all that `bag` has, against its manifests. Differences are objections
/// to `evidence_files` for payload under data/evidence, else to `tree`.
/// Errors: of the run.
[[nodiscard]] Result<std::vector<Objection>> check_bag(const FileTree& bag,
                                                       const std::vector<BagFile>& files);

}  // namespace assay::verify
