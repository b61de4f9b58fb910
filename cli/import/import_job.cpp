#include "cli/import/import_job.hpp"

#include "cli/terminal/progress.hpp"
#include "ledger/events/catalogue.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

/// Events that are gathered before they are signed and handed in together; bounds memory.
constexpr std::size_t kGatheredSizeBytes = 600'000;

using projections::Phase;

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

}  // namespace

Result<ImportResult> run_import(const Run& run, LedgerSession& session, Author& author,
                                const ImportRequest& request, import::JunitSource& source,
                                const import::JunitOptions& options, const ImportTarget& given,
                                const import::JunitSummary& summary) {
  // Whatever was signed before and not recorded may belong to this very import.
  ASSAY_CHECK(settle_outbox(run, session, author));
  ASSAY_TRY(const ImportPlan plan, plan_import(session, request));
  ImportResult result;
  result.import = plan.import;
  result.kind = plan.key.kind;
  result.status = plan.status;
  if (plan.status == ImportStatus::already_there) return result;
  Emitter emitter(run, session, author, request, given, plan.key, *plan.phase, plan.from);
  if (plan.status == ImportStatus::recorded) {
    const std::string subject = "evidence/" + request.evidence.hex();
    if (session.fold().programme().touched_size(subject) == 0) {
      ASSAY_CHECK(emitter.add(evidence_event(request)));
    }
    ASSAY_CHECK(emitter.add(started_event(request, plan.key, summary)));
  }
  ASSAY_TRY(const import::JunitSummary again, import::read_junit(source, options, emitter));
  ASSAY_CHECK(emitter.add(derived_receipt(again, result.import, request.counts)));
  ASSAY_CHECK(emitter.flush());
  result.results = emitter.ordinal() - plan.from;
  result.in_scope = emitter.in_scope();
  return result;
}

}  // namespace assay::cli
