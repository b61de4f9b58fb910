#include "cli/session/log_to_verify.hpp"

#include "cli/session/at_point.hpp"
#include "cli/session/log_key.hpp"
#include "cli/session/snapshot.hpp"
#include "cli/time/published_timestamps.hpp"
#include "ledger/store/store_source.hpp"
#include "ledger/verify/published_source.hpp"

namespace assay::cli {
namespace {

class LedgerToVerify final : public LogToVerify {
 public:
  LedgerToVerify(store::Store store, Result<std::vector<ReleasedBy>> released)
      : store_(std::move(store)), released_(std::move(released)) {}

  [[nodiscard]] merkle::TreeHead head() const override { return store_.head(); }
  [[nodiscard]] Result<std::uint64_t> size_at(const std::string& at) const override {
    return cli::size_at(store_, at);
  }
  [[nodiscard]] const verify::Source& source(const RefoldedSizes& refolded) override {
    // Nobody starts from a snapshot that an earlier run went past, and this one could not refold
    // it.
    const auto states = [refolded](const store::Snapshot& snapshot) {
      const bool in_reach = snapshot.at.size >= refolded.from && snapshot.at.size <= refolded.to;
      return in_reach ? snapshot_states(snapshot) : std::vector<verify::NamedDigest>();
    };
    source_.emplace(store_, refolded.any ? store::SnapshotStates(states) : store::SnapshotStates());
    return *source_;
  }
  [[nodiscard]] Status check_released(const verify::Report& report) const override {
    if (!released_) return std::unexpected(released_.error());
    if (!report.log_id) return {};
    // It is about all of the log, also where only its beginning was verified.
    const merkle::TreeHead whole = store_.head();
    const merkle::TreeHead& head = report.size < whole.size ? whole : report.head;
    Status status = check_against_released(*released_, *report.log_id, head, store_.nodes());
    // Nodes that cannot be read are the claim `indexes`, and said there.
    if (!status && status.error().code != Errc::forked) return {};
    return status;
  }
  [[nodiscard]] TimestampSource timestamps() const override { return timestamps_of(store_); }

 private:
  store::Store store_;
  Result<std::vector<ReleasedBy>> released_;
  std::optional<store::StoreSource> source_;
};

class PublishedToVerify final : public LogToVerify {
 public:
  PublishedToVerify(const verify::FileTree& files, std::unique_ptr<verify::PublishedSource> source,
                    std::uint64_t size)
      : files_(files), source_(std::move(source)), size_(size) {}

  [[nodiscard]] merkle::TreeHead head() const override { return source_->stated_head(); }
  [[nodiscard]] Result<std::uint64_t> size_at(const std::string& at) const override {
    return cli::size_at(points_of(*source_, size_), at);
  }
  [[nodiscard]] const verify::Source& source(const RefoldedSizes& refolded) override {
    verify::StatesWanted wanted{refolded.any, refolded.from, {}};
    if (refolded.any) {
      for (verify::NamedDigest& state : named_digests(projections::ProgrammeFold())) {
        wanted.folded.push_back({std::move(state.name), state.version});
      }
    }
    source_->want_states(std::move(wanted));
    return *source_;
  }
  /// A copy may be of any age; how old, only a pin tells.
  [[nodiscard]] Status check_released(const verify::Report&) const override { return {}; }
  [[nodiscard]] TimestampSource timestamps() const override { return timestamps_in(files_); }

 private:
  const verify::FileTree& files_;
  std::unique_ptr<verify::PublishedSource> source_;
  std::uint64_t size_;
};

}  // namespace

Result<std::unique_ptr<LogToVerify>> open_ledger_to_verify(const Run& run) {
  auto released = released_in(run.globals.keys);
  auto opened = store::Store::open_reader(run.globals.ledger, store::EndOfLog::as_it_is);
  if (opened) return std::make_unique<LedgerToVerify>(*std::move(opened), std::move(released));
  Error error = std::move(opened).error();
  // The store advises to verify, which is what could not even begin.
  const ExitCode code = exit_code_of(error.code);
  if (code >= ExitCode::hash && code < ExitCode::incomplete) {
    error.hint = "keep the directory as it is, and restore a copy that verifies";
  }
  return std::unexpected(std::move(error).in("opening " + run.globals.ledger));
}

Result<std::unique_ptr<LogToVerify>> open_published_to_verify(const verify::FileTree& files) {
  ASSAY_TRY(std::unique_ptr<verify::PublishedSource> source, verify::PublishedSource::open(files));
  ASSAY_TRY(const std::uint64_t size, source->size());
  return std::make_unique<PublishedToVerify>(files, std::move(source), size);
}

}  // namespace assay::cli
