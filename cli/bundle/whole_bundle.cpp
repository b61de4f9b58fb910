#include "cli/bundle/whole_bundle.hpp"

namespace assay::cli {
namespace {

/// The payload of a bag, by the names that a published log has.
class Payload final : public verify::FileTree {
 public:
  explicit Payload(const verify::FileTree& bag) : bag_(bag) {}
  [[nodiscard]] Status stream(const std::string& name, std::uint64_t size_max_bytes,
                              const PieceSink& sink) const override {
    return bag_.stream("data/" + name, size_max_bytes, sink);
  }
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list(
      const std::string& folder) const override {
    return bag_.list(folder.empty() ? "data" : "data/" + folder);
  }

 private:
  const verify::FileTree& bag_;
};

/// A source, and what else is wrong with what it came in.
class BaggedSource final : public verify::Source {
 public:
  BaggedSource(const verify::Source& inner, const std::vector<verify::Objection>& differences)
      : inner_(inner), differences_(differences) {}
  [[nodiscard]] Result<std::uint64_t> size() const override { return inner_.size(); }
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to,
                            const EntrySink& sink) const override {
    return inner_.read(from, to, sink);
  }
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override {
    return inner_.checkpoints();
  }
  [[nodiscard]] verify::EvidenceHeld evidence_held() const override {
    return inner_.evidence_held();
  }
  [[nodiscard]] Status read_evidence(const Hash& digest, const ChunkSink& sink) const override {
    return inner_.read_evidence(digest, sink);
  }
  [[nodiscard]] std::optional<std::string> withheld(const Hash& digest) const override {
    return inner_.withheld(digest);
  }
  [[nodiscard]] const merkle::NodeReader* nodes() const override { return inner_.nodes(); }
  [[nodiscard]] Result<std::vector<verify::StatedDigest>> stated_digests() const override {
    return inner_.stated_digests();
  }
  [[nodiscard]] Result<std::vector<std::uint64_t>> attested_sizes() const override {
    return inner_.attested_sizes();
  }
  [[nodiscard]] verify::BesideLog check_beside(const verify::VerifierState& log) const override {
    verify::BesideLog found = inner_.check_beside(log);
    found.objections.insert(found.objections.end(), differences_.begin(), differences_.end());
    return found;
  }

 private:
  const verify::Source& inner_;
  const std::vector<verify::Objection>& differences_;
};

class BundleToVerify final : public LogToVerify {
 public:
  BundleToVerify(const verify::FileTree& bag, std::vector<verify::Objection> differences)
      : payload_(bag), differences_(std::move(differences)) {}
  Status open() {
    ASSAY_TRY(published_, open_published_to_verify(payload_));
    return {};
  }
  [[nodiscard]] merkle::TreeHead head() const override { return published_->head(); }
  [[nodiscard]] Result<std::uint64_t> size_at(const std::string& at) const override {
    return published_->size_at(at);
  }
  [[nodiscard]] const verify::Source& source(const RefoldedSizes& refolded) override {
    source_.emplace(published_->source(refolded), differences_);
    return *source_;
  }
  [[nodiscard]] Status check_released(const verify::Report& report) const override {
    return published_->check_released(report);
  }
  [[nodiscard]] TimestampSource timestamps() const override { return published_->timestamps(); }

 private:
  Payload payload_;
  std::vector<verify::Objection> differences_;
  std::unique_ptr<LogToVerify> published_;
  std::optional<BaggedSource> source_;
};

}  // namespace

Result<std::unique_ptr<LogToVerify>> open_whole_bundle(const OpenBag& bag) {
  ASSAY_TRY(std::vector<verify::Objection> differences, verify::check_bag(*bag.tree, bag.files));
  auto log = std::make_unique<BundleToVerify>(*bag.tree, std::move(differences));
  ASSAY_CHECK(log->open());
  return log;
}

}  // namespace assay::cli
