#include "tests/support/memory_bag.hpp"

#include "ledger/format/note.hpp"
#include "ledger/format/proof_file.hpp"
#include "ledger/merkle/proof.hpp"
#include "ledger/verify/notables.hpp"
#include "tests/support/tamper.hpp"

namespace assay::testing {

Status MemoryBag::stream(const std::string& name, std::uint64_t size_max_bytes,
                         const PieceSink& sink) const {
  if (const auto error = errors.find(name); error != errors.end()) {
    return std::unexpected(error->second);
  }
  const auto found = files.find(name);
  if (found == files.end()) return fail(Errc::not_found, "no file " + name);
  if (found->second.size() > size_max_bytes) return fail(Errc::limit, name + " is too large");
  sink(found->second);
  return {};
}

Result<std::optional<std::vector<std::string>>> MemoryBag::list(const std::string&) const {
  return std::optional<std::vector<std::string>>();
}

std::vector<verify::BagFile> MemoryBag::listing() const {
  std::vector<verify::BagFile> listing;
  for (const auto& [name, bytes] : files) listing.push_back({name, bytes.size(), sha256(bytes)});
  return listing;
}

void MemoryBag::seal() {
  std::vector<verify::ManifestLine> payload;
  std::vector<verify::ManifestLine> tags;
  files["bagit.txt"] = verify::kBagDeclaration;
  files["bag-info.txt"] = "Bagging-Date: 2019-11-19\n";
  files.erase("tagmanifest-sha256.txt");
  files.erase("manifest-sha256.txt");
  for (const auto& [name, bytes] : files) {
    (name.starts_with("data/") ? payload : tags).push_back({name, sha256(bytes)});
  }
  files["manifest-sha256.txt"] = verify::format_manifest(payload);
  tags.push_back({"manifest-sha256.txt", sha256(files["manifest-sha256.txt"])});
  files["tagmanifest-sha256.txt"] = verify::format_manifest(tags);
}

MemoryBag bundle_of(LogBuilder& builder, const std::set<std::uint64_t>& entries) {
  const MemoryLog& log = builder.log();
  MemoryBag bag;
  const std::string& note = log.notes.back();
  const Checkpoint checkpoint = *parse_checkpoint(parse_note(note)->text);
  // Every level of the tree, from the leaves up.
  std::vector<std::vector<Hash>> levels(1);
  for (std::uint64_t i = 0; i < checkpoint.size; ++i) {
    levels[0].push_back(merkle::leaf_hash(log.entries[i]));
  }
  while (levels.back().size() > 1) {
    std::vector<Hash> above;
    const std::vector<Hash>& below = levels.back();
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
      above.push_back(merkle::node_hash(below[i], below[i + 1]));
    }
    levels.push_back(std::move(above));
  }
  const merkle::NodeReader nodes = [&](unsigned level, std::uint64_t index) -> Result<Hash> {
    return levels.at(level).at(index);
  };
  for (const std::uint64_t index : entries) {
    const std::string number = std::to_string(index);
    bag.files["data/entries/" + number + ".json"] = log.entries[index];
    ProofFile proof;
    proof.index = index;
    proof.hashes = *merkle::prove_inclusion(index, checkpoint.size, nodes);
    proof.checkpoint = note;
    bag.files["data/proofs/" + number + ".tlog-proof"] = *format_proof_file(proof);
    EntryView entry;
    ASSAY_ASSERT(parse_entry(log.entries[index], entry).has_value());
    std::vector<verify::Notable> notables;
    verify::NamedFiles named;
    static_cast<void>(verify::collect_notables(entry.submission, notables, named));
    for (const Hash& digest : named.digests) {
      const auto file = log.evidence.find(digest);
      if (file != log.evidence.end()) bag.files["data/evidence/" + digest.hex()] = file->second;
    }
  }
  verify::BundleIndex bundle;
  bundle.about = "phase/SIT-1";
  bundle.entries.assign(entries.begin(), entries.end());
  bundle.log = builder.log_id();
  bundle.origin = builder.origin();
  bundle.size = checkpoint.size;
  bag.files["data/bundle.json"] = verify::format_bundle_index(bundle);
  bag.files["data/checkpoint"] = note;
  const auto key = Ed25519PublicKey::from_spki(builder.log_key(0).public_key().bytes);
  bag.files["data/log.vkey"] = *format_vkey({builder.origin(), NoteKeyType::ed25519, *key}) + "\n";
  bag.seal();
  return bag;
}

verify::PartialReport verified(const MemoryBag& bag, const verify::Options& options) {
  return *verify::verify_partial(bag, bag.listing(), remembering_verifiers(), options);
}

}  // namespace assay::testing
