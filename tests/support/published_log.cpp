#include "tests/support/published_log.hpp"

#include <set>

#include "ledger/format/checkpoint.hpp"
#include "ledger/format/note.hpp"
#include "ledger/format/vkey.hpp"
#include "ledger/merkle/tile.hpp"
#include "ledger/verify/publication.hpp"

namespace assay::testing {

Status MemoryTree::stream(const std::string& name, std::uint64_t size_max_bytes,
                          const PieceSink& sink) const {
  ++reads;
  if (const auto error = errors.find(name); error != errors.end()) {
    return std::unexpected(error->second);
  }
  const auto found = files.find(name);
  if (found == files.end()) return fail(Errc::not_found, name + " is not there");
  if (found->second.size() > size_max_bytes) return fail(Errc::limit, name + " is too large");
  constexpr std::size_t kPieceBytes = 1'000;
  for (std::size_t at = 0; at < found->second.size(); at += kPieceBytes) {
    if (!sink(std::string_view(found->second).substr(at, kPieceBytes))) break;
  }
  return {};
}

Result<std::optional<std::vector<std::string>>> MemoryTree::list(const std::string& folder) const {
  if (!can_list) return std::nullopt;
  std::set<std::string> names;
  const std::string prefix = folder.empty() ? std::string() : folder + "/";
  for (const auto& [name, bytes] : files) {
    if (!name.starts_with(prefix)) continue;
    const std::string rest = name.substr(prefix.size());
    names.insert(rest.substr(0, rest.find('/')));
  }
  return std::vector<std::string>(names.begin(), names.end());
}

MemoryTree published(LogBuilder& builder, std::size_t vkey_of) {
  MemoryTree tree;
  const MemoryLog& log = builder.log();
  const std::uint64_t size = log.entries.size();
  MemorySource source(log);
  source.keep_nodes_of(log);
  for (const merkle::TileId& id : merkle::tiles_of(size)) {
    tree.files[merkle::format_tile_path(id)] = merkle::encode_tile(id, *source.nodes()).value();
    if (id.level > 0) continue;
    std::string& bundle = tree.files[merkle::format_bundle_path({id.index, id.width})];
    for (unsigned i = 0; i < id.width; ++i) {
      const std::string& entry = log.entries[id.index * merkle::kTileWidth + i];
      ASSAY_ASSERT(merkle::append_to_bundle(bundle, entry).has_value());
    }
  }
  for (const std::string& note : log.notes) {
    const Checkpoint stated = parse_checkpoint(parse_note(note).value().text).value();
    tree.files["checkpoints/" + std::to_string(stated.size)] = note;
    tree.files["checkpoint"] = note;
  }
  for (const auto& [digest, bytes] : log.evidence) tree.files["evidence/" + digest.hex()] = bytes;
  const auto key =
      Ed25519PublicKey::from_spki(builder.log_key(vkey_of).signer->verifier().spki()).value();
  tree.files["log.vkey"] =
      format_vkey({builder.origin(), NoteKeyType::ed25519, key}).value() + "\n";
  verify::Publication publication;
  publication.log = builder.log_id();
  publication.origin = builder.origin();
  publication.size = size;
  tree.files["publication.json"] = verify::format_publication(publication);
  return tree;
}

}  // namespace assay::testing
