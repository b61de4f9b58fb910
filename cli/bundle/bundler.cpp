#include "cli/bundle/bundler.hpp"

#include <algorithm>

#include "cli/terminal/progress.hpp"
#include "cli/verifiers/verifiers.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/format/note.hpp"
#include "ledger/format/proof_file.hpp"
#include "ledger/format/vkey.hpp"
#include "ledger/merkle/proof.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

/// The last entry under the checkpoint says when that log was as it is here.
Result<Timestamp> recorded_at_of(const store::Store& store, std::uint64_t index) {
  ASSAY_TRY(const std::string bytes, store.entry(index));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  return entry.recorded_at;
}

}  // namespace

Result<std::string> vkey_of(const projections::ProgrammeFold& fold) {
  const auto& state = fold.programme().state();
  ASSAY_TRY(const Ed25519PublicKey key,
            Ed25519PublicKey::from_spki(state.log_key.public_key.bytes));
  return format_vkey({state.origin, NoteKeyType::ed25519, key});
}

Result<Bundler> Bundler::plan(const Run& run, const LedgerSession& session,
                              const Question& question, const store::StoredCheckpoint& checkpoint,
                              verify::EvidenceProfile profile) {
  Bundler bundler(session.store());
  const std::uint64_t size = checkpoint.size;
  Progress progress(run, "looking through the log", size);
  ASSAY_TRY(const Gathered gathered, gather(session.store(), question, size,
                                            [&](std::uint64_t read) { progress.update(read); }));
  progress.finish();
  bundler.note_ = checkpoint.note;
  ASSAY_TRY(const Note note, parse_note(checkpoint.note));
  ASSAY_TRY(bundler.page_.checkpoint, parse_checkpoint(note.text));
  ASSAY_TRY(const projections::ProgrammeFold fold, session.fold_at(run, size));
  ASSAY_TRY(bundler.vkey_, vkey_of(fold));
  verify::BundleIndex& index = bundler.page_.index;
  index.about = question.about;
  index.entries.assign(gathered.entries.begin(), gathered.entries.end());
  index.log = session.log_id();
  index.origin = session.origin();
  index.size = size;
  ASSAY_CHECK(bundler.choose_files(gathered.files, profile));
  ASSAY_TRY(bundler.recorded_at_, recorded_at_of(session.store(), size - 1));
  bundler.page_.recorded_at = bundler.recorded_at_.text();
  bundler.page_.has_verify_html = !verify_html().empty();
  bundler.page_.has_verify_sh = !verify_sh().empty();
  ASSAY_CHECK(bundler.read_entries());
  return bundler;
}

/// Of what the whole log would publish, the files that these entries name.
Status Bundler::choose_files(const std::set<Hash>& named, verify::EvidenceProfile profile) {
  ASSAY_TRY(EvidenceChoice choice, choose_evidence(store_, page_.index.size, profile));
  const auto elsewhere = [&](const Hash& digest) { return !named.contains(digest); };
  std::erase_if(choice.published, [&](const EvidenceFile& file) { return elsewhere(file.digest); });
  std::erase_if(choice.said.withheld,
                [&](const verify::WithheldFile& file) { return elsewhere(file.digest); });
  std::erase_if(choice.erased, elsewhere);
  std::erase_if(choice.missing, elsewhere);
  files_ = std::move(choice.published);
  std::ranges::sort(files_, {}, &EvidenceFile::digest);
  page_.index.evidence = std::move(choice.said);
  page_.files = files_.size();
  page_.erased = std::move(choice.erased);
  page_.missing = std::move(choice.missing);
  std::ranges::sort(page_.erased);
  std::ranges::sort(page_.missing);
  return {};
}

Status Bundler::read_entries() {
  for (const std::uint64_t index : page_.index.entries) {
    ASSAY_TRY(const std::string bytes, store_.entry(index));
    EntryView entry;
    ASSAY_CHECK(parse_entry(bytes, entry));
    ReadMe::Line line{index, entry.recorded_at.text(), {}};
    constexpr std::size_t kEventsShown = 8;
    const std::size_t count = entry.submission.events.size();
    for (std::size_t i = 0; i < std::min(count, kEventsShown); ++i) {
      const EventView& event = entry.submission.events[i];
      line.events.push_back(std::string(event.type) + " " + std::string(event.subject));
    }
    if (count > kEventsShown) {
      line.events.push_back("… and " + std::to_string(count - kEventsShown) + " more events");
    }
    page_.entries.push_back(std::move(line));
  }
  return {};
}

std::uint64_t Bundler::evidence_size_bytes() const noexcept {
  std::uint64_t size_bytes = 0;
  for (const EvidenceFile& file : files_) size_bytes += file.size_bytes;
  return size_bytes;
}

std::string Bundler::directory() const {
  std::string about = page_.index.about;
  std::ranges::replace(about, '/', '-');
  return "bundle-" + about + "-at-" + std::to_string(page_.index.size);
}

Status Bundler::write(const Run& run, const std::string& path, bool replace) {
  ASSAY_TRY(ZipWriter zip, ZipWriter::open(path, replace, recorded_at_));
  BagWriter bag(std::move(zip), directory());
  ASSAY_CHECK(write_payload(run, bag));
  const verify::BundleIndex& index = page_.index;
  return bag.finish(bag_info(index.about, index.log, index.size, recorded_at_));
}

Status Bundler::write_payload(const Run& run, BagWriter& bag) const {
  const verify::BundleIndex& index = page_.index;
  ASSAY_CHECK(bag.add("READ-ME.html", format_read_me(page_)));
  ASSAY_CHECK(bag.add("bundle.json", verify::format_bundle_index(index)));
  ASSAY_CHECK(bag.add("checkpoint", note_));
  Progress progress(run, "writing", 2 * index.entries.size() + files_.size());
  std::uint64_t done = 0;
  for (const std::uint64_t entry : index.entries) {
    ASSAY_TRY(const std::string bytes, store_.entry(entry));
    ASSAY_CHECK(bag.add("entries/" + std::to_string(entry) + ".json", bytes));
    progress.update(++done);
  }
  for (const EvidenceFile& file : files_) {
    ASSAY_CHECK(
        bag.add_large("evidence/" + file.digest.hex(), file.size_bytes,
                      [&](const auto& sink) { return store_.read_evidence(file.digest, sink); }));
    progress.update(++done);
  }
  ASSAY_CHECK(bag.add("log.vkey", vkey_ + "\n"));
  for (const std::uint64_t entry : index.entries) {
    ProofFile proof;
    proof.index = entry;
    proof.checkpoint = note_;
    ASSAY_TRY(proof.hashes, merkle::prove_inclusion(entry, index.size, store_.nodes()));
    ASSAY_TRY(const std::string text, format_proof_file(proof));
    ASSAY_CHECK(bag.add("proofs/" + std::to_string(entry) + ".tlog-proof", text));
    progress.update(++done);
  }
  if (page_.has_verify_html) ASSAY_CHECK(bag.add("verify.html", verify_html()));
  if (page_.has_verify_sh) ASSAY_CHECK(bag.add("verify.sh", verify_sh()));
  return {};
}

}  // namespace assay::cli
