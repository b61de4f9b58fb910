#include "ledger/verify/published_source.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/format/note.hpp"
#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/state.hpp"

namespace assay::verify {
namespace {

constexpr std::size_t kNotesSizeBytes = std::size_t{1} << 29U;  ///< all of them together
constexpr std::size_t kVkeySizeBytes = 4'096;
/// A file whose size the log states is read up to that size. This bounds the others.
constexpr std::uint64_t kEvidenceSizeBytes = std::uint64_t{1} << 34U;
constexpr std::uint64_t kStateSizeBytes = std::uint64_t{1} << 32U;

/// A note that is too large is handed on cut short, for whoever parses it to refuse.
Result<std::string> read_note(const FileTree& files, const std::string& name) {
  std::string note;
  ASSAY_CHECK(files.stream(name, UINT64_MAX, [&](std::string_view piece) {
    note.append(piece.substr(0, limits::kNoteSizeBytes + 1 - note.size()));
    return note.size() <= limits::kNoteSizeBytes;
  }));
  return note;
}

Result<Checkpoint> checkpoint_in(std::string_view note) {
  ASSAY_TRY(const Note parsed, parse_note(note));
  return parse_checkpoint(parsed.text);
}

/// Names that are decimal numbers, as sizes are written; there are no others to look for.
Result<std::vector<std::uint64_t>> sizes_in(const FileTree& files, const std::string& folder) {
  ASSAY_TRY(const auto names, files.list(folder));
  std::vector<std::uint64_t> sizes;
  if (!names) return sizes;
  for (const std::string& name : *names) {
    if (const auto size = parse_decimal(name)) sizes.push_back(*size);
  }
  std::ranges::sort(sizes);
  return sizes;
}

std::string states_folder(std::uint64_t size) { return "states/" + std::to_string(size); }

/// Nothing for a name that no state has.
std::optional<StateFile> state_file_of(std::uint64_t size, std::string_view name) {
  constexpr std::string_view kEnding = ".json";
  if (!name.ends_with(kEnding)) return std::nullopt;
  name.remove_suffix(kEnding.size());
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  const auto version = parse_decimal(name.substr(dot + 1));
  if (!version || *version == 0) return std::nullopt;
  return StateFile{size, std::string(name.substr(0, dot)), *version};
}

Objection about_log(Claim claim, Errc code, std::string message, std::string expected,
                    std::string actual) {
  return {claim, Error{code, std::move(message), {}, std::nullopt}, std::move(expected),
          std::move(actual)};
}

}  // namespace

std::string state_file_name(const StateFile& file) {
  return states_folder(file.size) + "/" + file.name + "." + std::to_string(file.version) + ".json";
}

Result<PublishedSource::Notes> PublishedSource::read_notes(const FileTree& files) {
  Notes notes;
  std::size_t total_bytes = 0;
  const auto take = [&](const std::string& name, std::string note) -> Status {
    total_bytes += note.size();
    if (total_bytes > kNotesSizeBytes) {
      return fail(Errc::limit, "the checkpoints have more than " + std::to_string(kNotesSizeBytes) +
                                   " bytes, up to " + name);
    }
    notes.all.push_back(std::move(note));
    return {};
  };
  ASSAY_TRY(const std::vector<std::uint64_t> sizes, sizes_in(files, "checkpoints"));
  std::optional<merkle::TreeHead> largest;
  for (const std::uint64_t size : sizes) {
    const std::string name = "checkpoints/" + std::to_string(size);
    ASSAY_TRY(std::string note, read_note(files, name));
    const auto stated = checkpoint_in(note);
    if (stated && stated->size != size) {
      notes.objections.push_back(about_log(Claim::tree, Errc::tampered_order,
                                           name + " is a checkpoint of another size",
                                           std::to_string(size), std::to_string(stated->size)));
    }
    if (stated && (!largest || stated->size >= largest->size)) largest = stated->head();
    ASSAY_CHECK(take(name, std::move(note)));
  }
  auto newest = read_note(files, "checkpoint");
  if (!newest && newest.error().code != Errc::not_found) {
    return std::unexpected(std::move(newest).error().in("checkpoint"));
  }
  if (!newest && notes.all.empty()) {
    return fail(Errc::not_found, "there is no file \"checkpoint\", so no published log lies here");
  }
  if (!newest) {
    notes.objections.push_back(about_log(Claim::tree, Errc::tampered_order,
                                         "the file \"checkpoint\" is not there",
                                         "the newest checkpoint", "no file"));
  } else {
    if (const auto stated = checkpoint_in(*newest)) largest = stated->head();
    // The same again says nothing more; with cosignatures it does.
    std::erase(notes.all, *newest);
    ASSAY_CHECK(take("checkpoint", *std::move(newest)));
  }
  if (largest) notes.stated = *largest;
  return notes;
}

/// How many entries to read. A size that nobody holds entries for must not make a reader ask for
/// each of them: up to the first bundle that is missing, and that one.
Result<std::uint64_t> PublishedSource::size_held(const FileTree& files, std::uint64_t stated) {
  if (stated == 0) return 0;
  const auto is_there = [&](std::uint64_t index) -> Result<bool> {
    ASSAY_TRY(const merkle::TileId tile, merkle::tile_in(0, index, stated));
    const Status status = files.stream(merkle::format_bundle_path({index, tile.width}), UINT64_MAX,
                                       [](std::string_view) { return false; });
    if (!status && status.error().code == Errc::not_found) return false;
    if (!status) return std::unexpected(status.error());
    return true;
  };
  std::uint64_t missing = (stated - 1) / merkle::kTileWidth;  // the last one, to begin with
  ASSAY_TRY(const bool all, is_there(missing));
  if (all) return stated;
  std::uint64_t there = 0;  // bundles from the beginning
  while (there < missing) {
    const std::uint64_t middle = there + (missing - there) / 2;
    ASSAY_TRY(const bool found, is_there(middle));
    if (found) {
      there = middle + 1;
    } else {
      missing = middle;
    }
  }
  return std::min(stated, (missing + 1) * merkle::kTileWidth);
}

PublishedSource::PublishedSource(const FileTree& files, Notes notes, std::uint64_t size)
    : files_(files),
      notes_(std::move(notes.all)),
      stated_(notes.stated),
      note_objections_(std::move(notes.objections)),
      size_(size),
      tiles_(files, size),
      bundles_(files, tiles_, size),
      nodes_(files, size),
      node_reader_(
          [this](unsigned level, std::uint64_t index) { return nodes_.node(level, index); }) {}

Result<std::unique_ptr<PublishedSource>> PublishedSource::open(const FileTree& files) {
  ASSAY_TRY(Notes notes, read_notes(files));
  ASSAY_TRY(const std::uint64_t size, size_held(files, notes.stated.size));
  std::unique_ptr<PublishedSource> source(new PublishedSource(files, std::move(notes), size));
  ASSAY_CHECK(source->read_publication());
  return source;
}

Status PublishedSource::read_publication() {
  const auto text = files_.read("publication.json", kPublicationSizeBytes);
  if (!text && text.error().code != Errc::not_found && text.error().code != Errc::limit) {
    return std::unexpected(Error(text.error()).in("publication.json"));
  }
  auto parsed = text ? parse_publication(*text) : std::unexpected(text.error());
  if (parsed) {
    publication_ = *std::move(parsed);
  } else {
    publication_error_ = std::move(parsed).error();
  }
  return {};
}

Status PublishedSource::read(std::uint64_t from, std::uint64_t to, const EntrySink& sink) const {
  return bundles_.read(from, to, sink);
}

Result<std::vector<std::string>> PublishedSource::checkpoints() const { return notes_; }

Status PublishedSource::read_evidence(const Hash& digest, const ChunkSink& sink) const {
  return files_.stream("evidence/" + digest.hex(), kEvidenceSizeBytes, sink);
}

std::optional<std::string> PublishedSource::withheld(const Hash& digest) const {
  const std::string* const reason =
      publication_ ? publication_->evidence.reason_for(digest) : nullptr;
  return reason == nullptr ? std::nullopt : std::optional(*reason);
}

Result<std::vector<std::uint64_t>> PublishedSource::state_sizes() const {
  ASSAY_TRY(const auto listed, files_.list("states"));
  if (!listed) return std::vector{stated_.size};
  return sizes_in(files_, "states");
}

Result<std::vector<StateFile>> PublishedSource::state_files(std::uint64_t size) const {
  ASSAY_TRY(const auto listed, files_.list(states_folder(size)));
  std::vector<StateFile> files;
  if (!listed) {
    for (const NamedVersion& folded : states_.folded) {
      files.push_back({size, folded.name, folded.version});
    }
    return files;
  }
  for (const std::string& name : *listed) {
    if (auto file = state_file_of(size, name)) files.push_back(*std::move(file));
  }
  return files;
}

Result<std::vector<StatedDigest>> PublishedSource::stated_digests() const {
  std::vector<StatedDigest> stated;
  if (!states_.any) return stated;
  ASSAY_TRY(const std::vector<std::uint64_t> sizes, state_sizes());
  for (const std::uint64_t size : sizes) {
    if (size < states_.from_size) continue;
    ASSAY_TRY(const std::vector<StateFile> files, state_files(size));
    for (const StateFile& state : files) {
      const std::string file = state_file_name(state);
      Digest digest = Digest::sha256();
      const Status status = files_.stream(file, kStateSizeBytes, [&](std::string_view piece) {
        digest.update(piece);
        return true;
      });
      if (!status && status.error().code == Errc::not_found) continue;
      if (!status) return std::unexpected(Error(status.error()).in(file));
      ASSAY_TRY(const Hash hash, Hash::from_hex(digest.finish_hex()));
      stated.push_back({state.name, size, hash, file, state.version});
    }
  }
  return stated;
}

Result<std::vector<std::uint64_t>> PublishedSource::attested_sizes() const {
  constexpr std::string_view kMark = "\"type\":\"states_attested\"";
  std::vector<std::uint64_t> sizes;
  ASSAY_TRY(const auto listed, files_.list("states"));
  if (!listed) return sizes;
  EntryView entry;
  const auto look = [&](std::uint64_t, std::string_view bytes) {
    if (bytes.find(kMark) == std::string_view::npos || !parse_entry(bytes, entry)) return;
    for (const EventView& event : entry.submission.events) {
      const auto data = decode_event(event.type, event.version, event.data);
      const auto* const attested = data ? event_if<events::StatesAttested>(&*data) : nullptr;
      if (attested != nullptr) sizes.push_back(attested->size);
    }
  };
  // What cannot be read here is named by whoever reads the whole log.
  for (std::uint64_t from = states_.from_size; from < size_;) {
    const std::uint64_t to = std::min(size_, (from / merkle::kTileWidth + 1) * merkle::kTileWidth);
    static_cast<void>(bundles_.read(from, to, look));
    from = to;
  }
  return sizes;
}

void PublishedSource::check_publication(const VerifierState& verified, BesideLog& found) const {
  if (publication_error_) {
    const bool absent = publication_error_->code == Errc::not_found;
    Error error = *publication_error_;
    error.code = absent ? Errc::tampered_order : Errc::tampered_hash;
    if (absent) error.message = "publication.json is not there";
    found.objections.push_back({Claim::tree, std::move(error).in("what was published")});
    return;
  }
  const auto compare = [&](std::string_view what, std::string expected, std::string actual) {
    if (expected == actual) return;
    found.objections.push_back(about_log(Claim::tree, Errc::tampered_hash,
                                         "publication.json states another " + std::string(what),
                                         std::move(expected), std::move(actual)));
  };
  // It is written before the checkpoint: a reader may find one that is ahead, and none behind.
  if (publication_->size < stated_.size) {
    found.open.push_back({Claim::tree,
                          "publication.json is older than the checkpoint: it is of size " +
                              std::to_string(publication_->size) + ", not " +
                              std::to_string(stated_.size),
                          true});
  }
  if (verified.size == 0) return;
  compare("log", verified.log_id.hex(), publication_->log.hex());
  compare("origin", verified.origin, publication_->origin);
}

void PublishedSource::check_key(const VerifierState& verified, BesideLog& found) const {
  // Which keys the log had is known to whoever read up to there.
  if (verified.size != stated_.size) return;
  const auto text = files_.read("log.vkey", kVkeySizeBytes);
  if (!text && text.error().code != Errc::not_found && text.error().code != Errc::limit) {
    found.open.push_back({Claim::log_signature, "log.vkey: " + text.error().message, true});
    return;
  }
  if (!text) {
    const bool absent = text.error().code == Errc::not_found;
    found.objections.push_back(
        about_log(Claim::log_signature, absent ? Errc::tampered_order : Errc::tampered_signature,
                  absent ? "log.vkey is not there" : "log.vkey is larger than a key can be",
                  "the log's key", absent ? "no file" : "something else"));
    return;
  }
  std::string expected;
  for (const LogKey& key : verified.log_keys.all()) {
    const auto public_key = Ed25519PublicKey::from_spki(key.public_key.bytes);
    if (!public_key) continue;
    const auto vkey = format_vkey({verified.origin, NoteKeyType::ed25519, *public_key});
    if (!vkey) continue;
    expected = *vkey;
    if (*text == *vkey + "\n") return;
  }
  found.objections.push_back(about_log(Claim::log_signature, Errc::tampered_signature,
                                       "log.vkey is no key of the log", expected,
                                       text->substr(0, text->find('\n'))));
}

/// Whoever publishes replaces `publication.json`, `checkpoint` and `log.vkey` one after the other.
/// A reader who took long may have the checkpoint of before, and a key of after.
bool PublishedSource::published_anew() const {
  const auto newest = read_note(files_, "checkpoint");
  return newest && !notes_.empty() && *newest != notes_.back();
}

BesideLog PublishedSource::check_beside(const VerifierState& verified) const {
  BesideLog found = tiles_.finish();
  std::ranges::copy(note_objections_, std::back_inserter(found.objections));
  BesideLog said;
  check_publication(verified, said);
  check_key(verified, said);
  if (!(said.objections.empty() && said.open.empty()) && published_anew()) {
    said = {};
    said.open.push_back({Claim::tree, "it was published anew while it was read; try again", true});
  }
  std::ranges::move(said.objections, std::back_inserter(found.objections));
  std::ranges::move(said.open, std::back_inserter(found.open));
  return found;
}

}  // namespace assay::verify
