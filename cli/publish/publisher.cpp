#include "cli/publish/publisher.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/assess/assessor.hpp"
#include "cli/publish/index_page.hpp"
#include "cli/publish/standing.hpp"
#include "cli/publish/tile_files.hpp"
#include "cli/render/view_json.hpp"
#include "cli/session/at_point.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/time/published_timestamps.hpp"
#include "cli/verifiers/verifiers.hpp"
#include "ledger/format/vkey.hpp"
#include "ledger/verify/published_source.hpp"
#include "projections/register/register.hpp"
#include "projections/rulebook/rulebook_view.hpp"

namespace assay::cli {
namespace {

/// One publication under way.
class Publisher {
 public:
  Publisher(const Run& run, const LedgerSession& session, PublishFolder& folder,
            store::StoredCheckpoint checkpoint, const projections::ProgrammeFold& fold)
      : run_(run),
        session_(session),
        store_(session.store()),
        folder_(folder),
        checkpoint_(std::move(checkpoint)),
        fold_(fold) {}

  Status choose(verify::EvidenceProfile profile);
  Status write();
  [[nodiscard]] Result<Published> result(std::uint64_t size_before) const;

 private:
  Status write_log();
  Status write_evidence();
  Status write_timestamps();
  Status write_states();
  Status write_rulebooks();
  Status write_pages();
  Status write_checkpoints();
  [[nodiscard]] Result<IndexPage> index_page() const;
  [[nodiscard]] Result<std::string> vkey() const;
  [[nodiscard]] const projections::RegisterState& state() const {
    return fold_.programme().state();
  }

  const Run& run_;
  const LedgerSession& session_;
  const store::Store& store_;
  PublishFolder& folder_;
  store::StoredCheckpoint checkpoint_;
  const projections::ProgrammeFold& fold_;  ///< at the checkpoint's size
  EvidenceChoice evidence_;
  std::vector<verify::PublishedTimestamp> timestamps_;
  std::vector<std::string> rulebooks_;
};

Status Publisher::choose(verify::EvidenceProfile profile) {
  ASSAY_TRY(evidence_, choose_evidence(store_, checkpoint_.size, profile));
  for (const verify::WithheldFile& file : evidence_.said.withheld) {
    const std::string name = "evidence/" + file.digest.hex();
    if (!folder_.has(name)) continue;
    return fail(Errc::conflict,
                folder_.path() + "/" + name + " is there, and this profile withholds it",
                "publish to another directory; what others may have read stays published");
  }
  return {};
}

Status Publisher::write() {
  ASSAY_CHECK(write_log());
  ASSAY_CHECK(write_evidence());
  ASSAY_CHECK(write_timestamps());
  ASSAY_CHECK(write_states());
  ASSAY_CHECK(write_rulebooks());
  ASSAY_CHECK(write_pages());
  ASSAY_CHECK(write_checkpoints());
  return folder_.settle();
}

Status Publisher::write_log() {
  Progress progress(run_, "publishing", checkpoint_.size);
  return each_tile_file(
      store_, checkpoint_.size,
      [&](const std::string& name, std::string_view bytes) { return folder_.place(name, bytes); },
      [&](std::uint64_t done) { progress.update(done); });
}

Status Publisher::write_evidence() {
  Progress progress(run_, "copying evidence", evidence_.published.size());
  std::uint64_t done = 0;
  for (const EvidenceFile& file : evidence_.published) {
    ASSAY_CHECK(folder_.place_large(
        "evidence/" + file.digest.hex(), file.size_bytes,
        [&](const auto& sink) -> Status { return store_.read_evidence(file.digest, sink); }));
    progress.update(++done);
  }
  return {};
}

Status Publisher::write_timestamps() {
  return store_.scan_timestamps(0, [&](const store::StoredTimestamp& kept) -> Status {
    if (kept.size > checkpoint_.size) return {};
    timestamps_.push_back({kept.digest, kept.size});
    return folder_.place(timestamp_name(kept.size, kept.digest), kept.response);
  });
}

Status Publisher::write_states() {
  return fold_.each_state([&](std::string_view name, std::uint64_t version, std::string_view json) {
    const verify::StateFile file{checkpoint_.size, std::string(name), version};
    return folder_.place(verify::state_file_name(file), json);
  });
}

Status Publisher::write_rulebooks() {
  const projections::Facts facts = fold_.facts();
  for (const projections::PolicyLine& line :
       projections::list_policies(facts.rulebook, facts.recorded_at)) {
    const auto policy =
        projections::view_policy(facts.rulebook, line.policy, line.version, facts.recorded_at);
    if (!policy) continue;
    const std::string name = fmt::format("{}-{}.json", line.policy.text, line.version);
    ASSAY_CHECK(folder_.replace("rulebooks/" + name, view_json(*policy).dump(2) + "\n"));
    rulebooks_.push_back(name);
  }
  return {};
}

Result<std::string> Publisher::vkey() const {
  ASSAY_TRY(const Ed25519PublicKey key,
            Ed25519PublicKey::from_spki(state().log_key.public_key.bytes));
  return format_vkey({state().origin, NoteKeyType::ed25519, key});
}

Result<IndexPage> Publisher::index_page() const {
  IndexPage page;
  page.programme = state().programme;
  ASSAY_TRY(page.checkpoint, checkpoint_of(checkpoint_.note));
  page.log_id = state().log_id;
  page.recorded_at = state().recorded_at.text();
  ASSAY_TRY(page.vkey, vkey());
  page.phases = projections::list_phases(fold_.board());
  FoldCache folds(run_, session_);
  Assessor assessor(folds, fold_);
  ASSAY_TRY(const std::vector<projections::Finding> findings, assessor.findings());
  page.findings = findings.size();
  page.findings_waived = static_cast<std::uint64_t>(std::ranges::count_if(
      findings, [](const auto& found) { return found.waived_by.has_value(); }));
  page.evidence_published = evidence_.published.size();
  page.evidence = evidence_.said;
  page.evidence_erased = evidence_.erased.size();
  page.evidence_missing = evidence_.missing.size();
  page.rulebooks = rulebooks_;
  page.has_verify_html = !verify_html().empty();
  page.has_verify_sh = !verify_sh().empty();
  return page;
}

/// Pages for people.
Status Publisher::write_pages() {
  if (!verify_html().empty()) ASSAY_CHECK(folder_.replace("verify.html", verify_html()));
  if (!verify_sh().empty()) ASSAY_CHECK(folder_.replace("verify.sh", verify_sh()));
  ASSAY_TRY(const IndexPage page, index_page());
  return folder_.replace("index.html", format_index_page(page));
}

/// What changes comes last, each file in its own step, so a reader may meet some of before and some
/// of after: `checkpoint` when everything that it needs is on the disk, and what names a newer
/// checkpoint than that only when it is there (annex G).
Status Publisher::write_checkpoints() {
  verify::Publication publication;
  publication.evidence = evidence_.said;
  publication.log = state().log_id;
  publication.origin = state().origin;
  publication.size = checkpoint_.size;
  std::ranges::sort(timestamps_);
  publication.timestamps = timestamps_;
  ASSAY_TRY(const std::string key, vkey());
  ASSAY_CHECK(folder_.replace("publication.json", verify::format_publication(publication)));
  const bool has_key = folder_.has("log.vkey");
  if (!has_key) ASSAY_CHECK(folder_.replace("log.vkey", key + "\n"));
  ASSAY_CHECK(folder_.settle());
  ASSAY_CHECK(folder_.replace("checkpoint", checkpoint_.note));
  ASSAY_CHECK(folder_.settle());
  if (has_key) ASSAY_CHECK(folder_.replace("log.vkey", key + "\n"));
  return store_.scan_checkpoints(0, [&](const store::StoredCheckpoint& kept) -> Status {
    if (kept.size > checkpoint_.size) return {};
    return folder_.replace("checkpoints/" + std::to_string(kept.size), kept.note);
  });
}

Result<Published> Publisher::result(std::uint64_t size_before) const {
  Published published;
  ASSAY_TRY(const Checkpoint checkpoint, checkpoint_of(checkpoint_.note));
  published.head = checkpoint.head();
  ASSAY_TRY(published.vkey, vkey());
  published.size_before = size_before;
  published.evidence = evidence_;
  published.files = folder_.counts();
  return published;
}

}  // namespace

Result<Published> publish_log(const Run& run, const LedgerSession& session,
                              const PublishOptions& options) {
  ASSAY_TRY(const std::uint64_t end, size_at(session, options.at));
  ASSAY_TRY(store::StoredCheckpoint checkpoint, checkpoint_up_to(session.store(), end));
  if (checkpoint.size == 0) {
    return fail(Errc::not_found, "there is no checkpoint of an entry up to that point",
                "`assay checkpoint --list` has the sizes");
  }
  ASSAY_TRY(PublishFolder folder, PublishFolder::open(options.directory, options.dry_run));
  ASSAY_TRY(const std::uint64_t size_before, check_standing(folder, session, checkpoint.size));
  std::optional<projections::ProgrammeFold> earlier;
  if (checkpoint.size != session.size()) {
    ASSAY_TRY(earlier, session.fold_at(run, checkpoint.size));
  }
  Publisher publisher(run, session, folder, std::move(checkpoint),
                      earlier ? *earlier : session.fold());
  ASSAY_CHECK(publisher.choose(options.profile.value_or(profile_stated_in(folder))));
  ASSAY_CHECK(publisher.write());
  return publisher.result(size_before);
}

}  // namespace assay::cli
