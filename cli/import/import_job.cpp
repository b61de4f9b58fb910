#include "cli/import/import_job.hpp"

#include <fmt/format.h>

#include "cli/terminal/progress.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/events/catalogue.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kParser = "assay-junit-1";
/// Events that are gathered before they are signed and handed in together; bounds memory.
constexpr std::size_t kGatheredSizeBytes = 600'000;

using projections::Phase;
using projections::PhaseBoard;

std::string names_of(const std::map<Identifier, Phase>& phases) {
  std::string text;
  for (const auto& [id, phase] : phases) text.append(text.empty() ? "" : ", ").append(id.text);
  return text.empty() ? "none is planned yet" : "there are: " + text;
}

Result<const Phase*> find_phase(const PhaseBoard& board, const ImportTarget& target) {
  if (target.phase.empty() || target.planned_entry.empty()) {
    return fail(
        Errc::invalid_argument,
        target.phase.empty() ? "no phase: neither the command nor the report names one"
                             : "no planned entry: neither the command nor the report names one",
        "say --phase PHASE --entry ENTRY, or let the report have the properties ledger.phase "
        "and ledger.pee");
  }
  const auto phase = board.phases.find(target.phase);
  if (phase == board.phases.end()) {
    return fail(Errc::not_found, "there is no phase " + target.phase, names_of(board.phases));
  }
  if (!board.planned_entries.contains(target.planned_entry)) {
    return fail(Errc::not_found, "there is no planned entry " + target.planned_entry,
                "`assay state phase` lists them");
  }
  return &phase->second;
}

Result<ImportKey> key_of(const ImportRequest& request, const Phase& phase) {
  ImportKey key;
  key.evidence = request.evidence;
  key.kind = phase.kind;
  key.mapping = request.mapping;
  key.phase = request.target.phase;
  key.planned_entry = request.target.planned_entry;
  if (!request.target.run_counter_first.empty()) {
    auto counter = parse_decimal(request.target.run_counter_first);
    if (!counter) {
      return std::unexpected(std::move(counter).error().in("the first run counter"));
    }
    key.run_counter_first = *counter;
  }
  return key;
}

/// With --new-run, the first repeat that is not in the log, or the last one if it was cut off.
void choose_repeat(const PhaseBoard& board, bool new_run, ImportKey& key) {
  if (!new_run) return;
  while (true) {
    const auto found = board.imports.find(import_id(key));
    if (found == board.imports.end() || !found->second.finished) return;
    ++key.repeat;
  }
}

/// Scope items by the names that a report may give them.
std::map<std::string, Identifier, std::less<>> items_of(const Phase& phase,
                                                        const std::string& planned_entry) {
  std::map<std::string, Identifier, std::less<>> items;
  const auto entry = phase.entries.find(planned_entry);
  if (entry == phase.entries.end()) return items;
  for (const auto& [id, item] : entry->second.items) {
    if (item.test_case) items.emplace(item.test_case->text, id);
    items.insert_or_assign(id.text, id);
  }
  return items;
}

/// Turns cases into events and hands them in, a few submissions at a time.
class Emitter final : public import::JunitSink {
 public:
  Emitter(const Run& run, LedgerSession& session, Author& author, const ImportRequest& request,
          const ImportTarget& given, const ImportKey& key, const Phase& phase, std::uint64_t from)
      : run_(run),
        session_(session),
        author_(author),
        request_(request),
        given_(given),
        key_(key),
        id_(import_id(key)),
        items_(items_of(phase, request.target.planned_entry)),
        from_(from),
        progress_(run, "importing", request.counts.cases) {}

  Status on_case(const import::JunitCase& found) override {
    if (target_of(found, given_) != request_.target) return {};
    const std::uint64_t ordinal = ordinal_++;
    if (ordinal < from_) return {};
    std::optional<Identifier> item;
    if (const auto known = items_.find(found.name); known != items_.end()) item = known->second;
    in_scope_ += item ? 1U : 0U;
    return add(derived_result(found, key_, id_, ordinal, std::move(item)));
  }

  Status add(const EventData& event) {
    events_.push_back(encode_event(event, run_.context.now()));
    size_bytes_ += events_.back().size();
    return size_bytes_ < kGatheredSizeBytes ? Status{} : flush();
  }
  Status flush() {
    if (events_.empty()) return {};
    ASSAY_TRY(const RecordedBatch batch, record_events(run_, session_, author_, events_, {}));
    events_.clear();
    size_bytes_ = 0;
    progress_.update(ordinal_);
    return {};
  }
  [[nodiscard]] std::uint64_t ordinal() const noexcept { return ordinal_; }
  [[nodiscard]] std::uint64_t in_scope() const noexcept { return in_scope_; }

 private:
  const Run& run_;
  LedgerSession& session_;
  Author& author_;
  const ImportRequest& request_;
  const ImportTarget& given_;
  const ImportKey& key_;
  Identifier id_;
  std::map<std::string, Identifier, std::less<>> items_;
  std::uint64_t from_;
  std::uint64_t ordinal_ = 0;
  std::uint64_t in_scope_ = 0;
  std::vector<std::string> events_;
  std::size_t size_bytes_ = 0;
  Progress progress_;
};

events::ImportStarted started_event(const ImportRequest& request, const ImportKey& key,
                                    const import::JunitSummary& summary) {
  events::ImportStarted event;
  if (!request.target.build.empty()) event.build = request.target.build;
  event.dialect = std::string(summary.dialect.name);
  event.evidence = request.evidence;
  event.file_name = request.file_name;
  event.format = "junit";
  event.import = import_id(key);
  event.kind = key.kind;
  event.mapping = key.mapping;
  event.parser = Identifier(std::string(kParser));
  event.phase = key.phase;
  event.planned_entry = key.planned_entry;
  event.repeat = key.repeat;
  event.result_count = request.counts.cases;
  event.run_counter_first = key.run_counter_first;
  event.time_zone = request.time_zone;
  return event;
}

events::EvidenceAdded evidence_event(const ImportRequest& request) {
  events::EvidenceAdded event;
  event.digest = request.evidence;
  event.digest_sha512 = request.sha512;
  event.media_type = "application/xml";
  event.name = request.file_name;
  event.size_bytes = request.size_bytes;
  return event;
}

}  // namespace

Result<ImportResult> run_import(const Run& run, LedgerSession& session, Author& author,
                                const ImportRequest& request, import::JunitSource& source,
                                const import::JunitOptions& options, const ImportTarget& given,
                                const import::JunitSummary& summary) {
  // Whatever was signed before and not recorded may belong to this very import.
  ASSAY_CHECK(settle_outbox(run, session, author));
  ASSAY_TRY(const Phase* const phase, find_phase(session.fold().board(), request.target));
  ASSAY_TRY(ImportKey key, key_of(request, *phase));
  choose_repeat(session.fold().board(), request.new_run, key);
  ImportResult result;
  result.import = import_id(key);
  result.kind = key.kind;
  const auto known = session.fold().board().imports.find(result.import);
  const bool started = known != session.fold().board().imports.end();
  if (started && known->second.finished) {
    result.status = ImportStatus::already_there;
    return result;
  }
  const std::uint64_t from = started ? known->second.results : 0;
  result.status = started ? ImportStatus::resumed : ImportStatus::recorded;
  Emitter emitter(run, session, author, request, given, key, *phase, from);
  if (!started) {
    const std::string subject = "evidence/" + request.evidence.hex();
    if (session.fold().programme().touched_size(subject) == 0) {
      ASSAY_CHECK(emitter.add(evidence_event(request)));
    }
    ASSAY_CHECK(emitter.add(started_event(request, key, summary)));
  }
  ASSAY_TRY(const import::JunitSummary again, import::read_junit(source, options, emitter));
  ASSAY_CHECK(emitter.add(derived_receipt(again, result.import, request.counts)));
  ASSAY_CHECK(emitter.flush());
  result.results = emitter.ordinal() - from;
  result.in_scope = emitter.in_scope();
  return result;
}

}  // namespace assay::cli
