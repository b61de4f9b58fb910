#include "ledger/verify/bag.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"

namespace assay::verify {
namespace {

constexpr std::string_view kPayload = "data/";
constexpr std::string_view kEvidence = "data/evidence/";

/// "data/entries/12.json" and "data/proofs/12.tlog-proof" are about entry 12.
std::optional<std::uint64_t> entry_of(std::string_view name) {
  for (const auto& [folder, ending] :
       {std::pair<std::string_view, std::string_view>{"data/entries/", ".json"},
        {"data/proofs/", ".tlog-proof"}}) {
    if (!name.starts_with(folder) || !name.ends_with(ending)) continue;
    name.remove_prefix(folder.size());
    name.remove_suffix(std::min(ending.size(), name.size()));
    if (const auto index = parse_decimal(name)) return *index;
  }
  return std::nullopt;
}

class Comparison {
 public:
  explicit Comparison(const std::vector<BagFile>& files) : files_(files) {}

  /// `concerned` says which files the manifest must list.
  template <class Concerned>
  void compare(std::string_view manifest, const std::vector<ManifestLine>& lines,
               const Concerned& concerned) {
    for (const ManifestLine& line : lines) {
      const BagFile* const file = find_file(files_, line.name);
      if (file == nullptr) {
        object(line.name, Errc::tampered_order, line.name + " is not there", line.sha256.hex(),
               "no file");
      } else if (file->sha256 != line.sha256) {
        object(line.name, Errc::tampered_hash, line.name + " is not what was put into the bag",
               line.sha256.hex(), file->sha256.hex());
      }
    }
    for (const BagFile& file : files_) {
      if (!concerned(file.name)) continue;
      if (!std::ranges::binary_search(lines, file.name, {}, &ManifestLine::name)) {
        object(file.name, Errc::tampered_order,
               file.name + " is in the bag, and " + std::string(manifest) + " does not list it",
               "no such file", file.sha256.hex());
      }
    }
  }

  void object(std::string_view name, Errc code, std::string message, std::string expected,
              std::string actual) {
    const bool evidence = name.starts_with(kEvidence);
    found_.push_back(
        {evidence ? Claim::evidence_files : Claim::tree,
         Error{evidence ? Errc::evidence_damaged : code, std::move(message), {}, entry_of(name)},
         std::move(expected), std::move(actual)});
  }
  [[nodiscard]] std::vector<Objection> take() { return std::move(found_); }

 private:
  const std::vector<BagFile>& files_;
  std::vector<Objection> found_;
};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

/// Empty where the manifest cannot be taken at its word, which is objected to.
Result<std::vector<ManifestLine>> lines_of(const FileTree& bag, std::string_view name,
                                           Comparison& found) {
  const Result<std::string> text = bag.read(std::string(name), kManifestSizeBytes);
  if (!text && text.error().code == Errc::not_found) {
    found.object(name, Errc::tampered_order, std::string(name) + " is not there", "a manifest",
                 "no file");
    return std::vector<ManifestLine>{};
  }
  if (!text && text.error().code != Errc::limit) return std::unexpected(text.error());
  auto lines = text ? parse_manifest(*text)
                    : Result<std::vector<ManifestLine>>(std::unexpected(text.error()));
  if (lines) return lines;
  found.object(name, Errc::tampered_hash, std::string(name) + ": " + lines.error().message,
               "a manifest", "other bytes");
  return std::vector<ManifestLine>{};
}

}  // namespace

const BagFile* find_file(const std::vector<BagFile>& files, std::string_view name) {
  const auto found = std::ranges::lower_bound(files, name, {}, &BagFile::name);
  return found == files.end() || found->name != name ? nullptr : &*found;
}

BagKind kind_of(const std::vector<BagFile>& files) {
  const auto has = [&](std::string_view beginning) {
    const auto found = std::ranges::lower_bound(files, beginning, {}, &BagFile::name);
    return found != files.end() && found->name.starts_with(beginning);
  };
  if (has("data/bundle.json") || has("data/entries/")) return BagKind::partial;
  return has("data/publication.json") || has("data/tile/") ? BagKind::whole_log : BagKind::other;
}

std::string format_manifest(const std::vector<ManifestLine>& lines) {
  std::string text;
  for (const ManifestLine& line : lines) {
    text.append(line.sha256.hex()).append("  ").append(line.name).append("\n");
  }
  return text;
}

Result<std::vector<ManifestLine>> parse_manifest(std::string_view text) {
  constexpr std::size_t kDigits = 2 * Hash::kSizeBytes;
  std::vector<ManifestLine> lines;
  const auto refuse = [&](std::string_view why) {
    return fail(Errc::malformed, "line " + std::to_string(lines.size() + 1) + " of the manifest " +
                                     std::string(why));
  };
  while (!text.empty()) {
    if (lines.size() == kBagFilesMax) {
      return fail(Errc::limit, "a manifest of more than a million lines");
    }
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    // RFC 8493 section 2.1.3 takes capitals, too.
    std::string digits(line.substr(0, kDigits));
    std::ranges::transform(digits, digits.begin(), [](char c) {
      return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto digest = Hash::from_hex(digits);
    if (!digest) return refuse("does not begin with a SHA-256");
    line.remove_prefix(kDigits);
    const std::size_t name = line.find_first_not_of(" \t");
    if (name == 0 || name == std::string_view::npos) return refuse("names no file");
    line.remove_prefix(name);
    if (!is_tree_name(line)) return refuse("names a file outside the bag");
    if (std::ranges::any_of(line, is_control))
      return refuse("names a file with a control character");
    lines.push_back({std::string(line), *digest});
  }
  std::ranges::sort(lines, {}, &ManifestLine::name);
  const auto twice = std::ranges::adjacent_find(lines, {}, &ManifestLine::name);
  if (twice != lines.end()) {
    return fail(Errc::malformed, "the manifest lists " + twice->name + " twice");
  }
  return lines;
}

Result<std::vector<Objection>> check_bag(const FileTree& bag, const std::vector<BagFile>& files) {
  Comparison found(files);
  const Result<std::string> declaration =
      bag.read(std::string(kBagDeclarationName), kBagDeclaration.size());
  if (!declaration && declaration.error().code != Errc::not_found &&
      declaration.error().code != Errc::limit) {
    return std::unexpected(declaration.error());
  }
  if (!declaration || *declaration != kBagDeclaration) {
    found.object(kBagDeclarationName, Errc::tampered_hash,
                 "bagit.txt does not declare a bag of version 1.0 in UTF-8", "BagIt-Version: 1.0",
                 "other bytes");
  }
  ASSAY_TRY(const auto payload, lines_of(bag, kManifestName, found));
  found.compare(kManifestName, payload,
                [](std::string_view name) { return name.starts_with(kPayload); });
  ASSAY_TRY(const auto tags, lines_of(bag, kTagManifestName, found));
  found.compare(kTagManifestName, tags, [](std::string_view name) {
    return !name.starts_with(kPayload) && name != kTagManifestName;
  });
  return found.take();
}

}  // namespace assay::verify
