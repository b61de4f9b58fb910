#include "cli/drill/drills.hpp"

#include <fmt/format.h>

#include "ledger/store/damage.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::cli {
namespace {

using verify::Claim;

/// A file of the ledger that has a byte to change, if there is one.
Result<std::optional<Hash>> some_evidence(const store::Store& ledger) {
  std::optional<Hash> found;
  ASSAY_CHECK(
      ledger.scan_evidence([&](const Hash& digest, const store::EvidenceRecord& record) -> Status {
        if (!found && record.size_bytes > 0) found = digest;
        return {};
      }));
  return found;
}

/// A state that folded the log but for its last entry, and is passed off as the state of all of it:
/// whole by its own digest, and of the right size and root.
Status falsify_states(const std::string& directory) {
  ASSAY_TRY(store::Store ledger, store::Store::open_writable(directory));
  projections::ProgrammeFold fold;
  EntryView entry;
  const auto take = [&](std::uint64_t, std::string_view bytes) -> Status {
    ASSAY_CHECK(parse_entry(bytes, entry));
    fold.admit(entry, verify::OnObjection::keep_on);
    return {};
  };
  ASSAY_CHECK(ledger.scan(0, ledger.size() - 1, take));
  return ledger.save_snapshot("programme", {ledger.head(), fold.snapshot()});
}

}  // namespace

Result<std::vector<Drill>> drills_for(const store::Store& ledger) {
  const std::uint64_t size = ledger.size();
  const std::uint64_t middle = size / 2;
  ASSAY_TRY(const std::optional<Hash> evidence, some_evidence(ledger));
  const auto at_middle = [middle](Status (*damage)(const std::string&, std::uint64_t)) {
    return [damage, middle](const std::string& directory) { return damage(directory, middle); };
  };
  const auto damage_evidence = [evidence](const std::string& directory) -> Status {
    if (!evidence) return fail(Errc::not_found, "the ledger holds no evidence file");
    return store::damage_evidence(directory, *evidence);
  };
  const auto roll_back = [size](const std::string& directory) -> Status {
    if (size < 2) return fail(Errc::not_found, "a log of one entry has no earlier state");
    return store::roll_back(directory, size - 1);
  };
  return std::vector<Drill>{
      {"entry", fmt::format("a digit in entry {} is changed", middle),
       at_middle(store::damage_entry), Claim::tree},
      {"hash", fmt::format("a hash that the store keeps of entry {} is changed", middle),
       at_middle(store::damage_hash), Claim::indexes},
      {"index", "the index of submissions forgets one", store::damage_index, Claim::indexes},
      {"signature",
       fmt::format("a signature in entry {} is changed, and the chain and the tree after it are "
                   "made to agree",
                   middle),
       at_middle(store::damage_signature), Claim::author_signatures},
      {"evidence", "a byte of an evidence file is changed", damage_evidence, Claim::evidence_files},
      {"projection", "the kept states are replaced by those of a log without its last entry",
       falsify_states, Claim::projections},
      {"checkpoint", "the newest checkpoint states another root", store::damage_checkpoint,
       Claim::log_signature},
      {"truncation", "the last entry is taken away", store::truncate_log, Claim::pin},
      {"rollback", "an older copy is put in the ledger's place, everything in it in agreement",
       roll_back, Claim::pin},
      {"fork", "the last entry gets another history, everything in agreement but the checkpoint",
       store::fork_log, Claim::pin}};
}

}  // namespace assay::cli
