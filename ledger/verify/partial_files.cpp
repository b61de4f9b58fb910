#include "ledger/verify/partial_files.hpp"

#include <algorithm>
#include <set>

#include "ledger/base/encoding.hpp"

namespace assay::verify {
namespace {

constexpr std::string_view kEvidenceFolder = "data/evidence/";

/// The number in "data/entries/12.json"; nothing for any other name.
std::optional<std::uint64_t> numbered_file(std::string_view name, std::string_view folder,
                                           std::string_view ending) {
  if (!name.starts_with(folder) || !name.ends_with(ending)) return std::nullopt;
  if (name.size() < folder.size() + ending.size()) return std::nullopt;
  name.remove_prefix(folder.size());
  name.remove_suffix(ending.size());
  const auto number = parse_decimal(name);
  return number ? std::optional(*number) : std::nullopt;
}

std::optional<std::uint64_t> entry_file(std::string_view name) {
  return numbered_file(name, "data/entries/", ".json");
}
std::optional<std::uint64_t> proof_file(std::string_view name) {
  return numbered_file(name, "data/proofs/", ".tlog-proof");
}

std::optional<Hash> evidence_file(std::string_view name) {
  if (!name.starts_with(kEvidenceFolder)) return std::nullopt;
  const auto digest = Hash::from_hex(name.substr(kEvidenceFolder.size()));
  return digest ? std::optional(*digest) : std::nullopt;
}

bool belongs(std::string_view name) {
  constexpr std::string_view kNames[] = {"data/READ-ME.html", "data/bundle.json", "data/checkpoint",
                                         "data/log.vkey",     "data/verify.html", "data/verify.sh",
                                         kBagDeclarationName, kBagInfoName,       kManifestName,
                                         kTagManifestName};
  return std::ranges::find(kNames, name) != std::end(kNames) || evidence_file(name).has_value();
}

}  // namespace

std::vector<std::uint64_t> entries_by_name(const std::vector<BagFile>& files) {
  std::vector<std::uint64_t> indexes;
  for (const BagFile& file : files) {
    if (const auto index = entry_file(file.name)) indexes.push_back(*index);
  }
  std::ranges::sort(indexes);
  return indexes;
}

void check_names(const std::vector<BagFile>& files, const std::vector<std::uint64_t>& indexes,
                 ClaimBook& book) {
  for (const BagFile& file : files) {
    const std::optional<std::uint64_t> entry = entry_file(file.name);
    const std::optional<std::uint64_t> index = entry ? entry : proof_file(file.name);
    if (index && std::ranges::binary_search(indexes, *index)) continue;
    if (!index && belongs(file.name)) continue;
    book.object(
        {Claim::tree, Error{Errc::tampered_order,
                            file.name + (index ? " is of an entry that bundle.json does not list"
                                               : " does not belong in a bundle"),
                            {},
                            index}});
  }
}

void check_unnamed(const std::vector<BagFile>& files, const std::vector<EvidenceItem>& named,
                   ClaimBook& book) {
  std::set<Hash> digests;
  for (const EvidenceItem& item : named) digests.insert(item.digest);
  for (const BagFile& file : files) {
    const auto digest = evidence_file(file.name);
    if (!digest || digests.contains(*digest)) continue;
    book.object(
        {Claim::evidence_files,
         Error{Errc::evidence_damaged, "no entry of the bundle names " + file.name, {}, {}}});
  }
}

}  // namespace assay::verify
