#include "tests/vectors/golden_log.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "cli/session/envelope.hpp"
#include "cli/session/opening.hpp"
#include "keys/signer.hpp"
#include "keys/verifier.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/base/words.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/format/dsse.hpp"
#include "ledger/format/proof_file.hpp"
#include "ledger/format/refusal.hpp"
#include "ledger/merkle/proof.hpp"
#include "ledger/merkle/tile.hpp"
#include "ledger/verify/keyring.hpp"
#include "ledger/verify/verify.hpp"
#include "projections/fold/programme_fold.hpp"
#include "tests/vectors/golden_story.hpp"

namespace assay::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kProvedEntry = 7;
constexpr std::uint64_t kPinnedSize = 12;
constexpr std::array<std::uint64_t, 4> kFirstKeysSizes{0, 1, 8, 12};
constexpr std::uint64_t kWitnessTimeS = 1'572'876'000;  // 2019-11-04T14:00:00Z

std::string two_digits(std::size_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// An ECDSA key of which only what it has signed is left.
class FrozenSigner final : public Signer {
 public:
  explicit FrozenSigner(std::unique_ptr<Verifier> verifier) : verifier_(std::move(verifier)) {}
  [[nodiscard]] const Verifier& verifier() const noexcept override { return *verifier_; }
  [[nodiscard]] Result<std::string> sign(std::string_view message) const override {
    const auto found = signed_.find(std::string(message));
    if (found == signed_.end()) {
      return fail(Errc::key_unavailable, "the golden log holds no signature over this");
    }
    ASSAY_CHECK(verifier_->verify(message, found->second));
    return found->second;
  }
  void learn(std::string message, std::string signature) {
    signed_.emplace(std::move(message), std::move(signature));
  }

 private:
  std::unique_ptr<Verifier> verifier_;
  std::map<std::string, std::string> signed_;
};

/// The only key of the log that is no Ed25519 key; null where there is none.
std::unique_ptr<Verifier> find_ecdsa_key(const std::vector<std::string>& entries) {
  for (const std::string& bytes : entries) {
    EntryView entry;
    ASSAY_ASSERT(parse_entry(bytes, entry).has_value());
    const auto introduced = verify::Keyring::introduced(entry.submission).value();
    for (const auto& [key, spki] : introduced) {
      auto verifier = keys::make_verifier(spki).value();
      if (verifier->algorithm() == KeyAlgorithm::ecdsa_p256_sha256) return verifier;
    }
  }
  return nullptr;
}

std::unique_ptr<Signer> ecdsa_signer(const fs::path& folder) {
  if (!fs::exists(folder / "entries"))
    return keys::generate(KeyAlgorithm::ecdsa_p256_sha256).value();
  const MemoryLog frozen = read_golden_log(folder);
  auto signer = std::make_unique<FrozenSigner>(find_ecdsa_key(frozen.entries));
  for (const std::string& bytes : frozen.entries) {
    EntryView entry;
    ASSAY_ASSERT(parse_entry(bytes, entry).has_value());
    for (const EntrySignature& signature : entry.signatures) {
      if (signature.key != signer->verifier().key_id()) continue;
      std::string message;
      append_pae(message, kSubmissionPayloadType, entry.submission.bytes);
      signer->learn(std::move(message), signature.signature);
    }
  }
  return signer;
}

/// Makes the files of one told story.
class Folder {
 public:
  explicit Folder(GoldenStory& story) : story_(story) {}

  GoldenFiles write() {
    entries();
    checkpoints();
    names();
    proofs();
    tiles();
    refusal();
    aside();
    states();
    return std::move(files_);
  }

 private:
  void entries() {
    std::string hashes;
    for (std::size_t i = 0; i < story_.entries.size(); ++i) {
      files_["entries/" + two_digits(i) + ".json"] = story_.entries[i];
      EntryView entry;
      ASSAY_ASSERT(parse_entry(story_.entries[i], entry).has_value());
      std::string message;
      append_pae(message, kSubmissionPayloadType, entry.submission.bytes);
      hashes += two_digits(i) + "  " + submission_digest(entry.submission).hex() + "  " +
                sha256(message).hex() + "  " + story_.leaves[i].hex() + "\n";
    }
    files_["hashes.txt"] = hashes;
  }

  std::string sign(std::uint64_t size, const std::vector<std::string>& names) {
    std::vector<const Signer*> signers;
    for (const std::string& name : names) signers.push_back(story_.key(name).signer.get());
    const merkle::TreeHead head = story_.heads[size];
    return sign_checkpoint({std::string(kGoldenOrigin), head.size, head.root, {}}, signers).value();
  }

  void checkpoints() {
    for (const std::uint64_t size : kFirstKeysSizes) notes_[size] = sign(size, {"log-0"});
    // The rotation takes effect with entry 13, so this checkpoint hands over.
    notes_[14] = sign(14, {"log-0", "log-1"});
    Note cosigned = parse_note(notes_[14]).value();
    cosigned.signatures.push_back(
        cosign_text(cosigned.text, kWitnessTimeS, "witness.example", *story_.key("witness").signer)
            .value());
    notes_[14] = format_note(cosigned).value();
    for (const auto& [size, note] : notes_)
      files_["checkpoints/" + two_digits(size) + ".note"] = note;
  }

  std::string vkey(std::string_view name, const std::string& key, NoteKeyType type) {
    const auto& spki = story_.key(key).signer->verifier().spki();
    return format_vkey({std::string(name), type, Ed25519PublicKey::from_spki(spki).value()})
        .value();
  }

  void names() {
    files_["log.txt"] = "origin " + std::string(kGoldenOrigin) + "\nlog_id " +
                        story_.leaves[0].hex() + "\nwords " + words_of(story_.leaves[0]) +
                        "\nlog_vkey " + vkey(kGoldenOrigin, "log-0", NoteKeyType::ed25519) +
                        "\nnext_log_vkey " + vkey(kGoldenOrigin, "log-1", NoteKeyType::ed25519) +
                        "\nwitness_vkey " +
                        vkey("witness.example", "witness", NoteKeyType::cosignature_v1) + "\n";
    std::string rows;
    for (const auto& [name, key] : story_.keys) {
      const bool ecdsa = key.signer->verifier().algorithm() == KeyAlgorithm::ecdsa_p256_sha256;
      rows += name + "  " + key.hex() + "  " +
              (ecdsa ? "ecdsa_p256_sha256" : "ed25519  " + to_hex(GoldenStory::seed_of(name))) +
              "\n";
    }
    files_["keys.txt"] = rows;
  }

  /// The roots of every node, which is enough for fourteen entries.
  [[nodiscard]] merkle::NodeReader nodes() const {
    return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
      merkle::CompactRange range;
      for (std::uint64_t i = index << level; i < (index + 1) << level; ++i) {
        range.append(story_.leaves.at(i));
      }
      return range.root();
    };
  }

  void proofs() {
    const std::uint64_t size = story_.entries.size();
    ProofFile proof;
    proof.index = kProvedEntry;
    proof.extra = "entry 7 of the golden log";
    proof.hashes = merkle::prove_inclusion(kProvedEntry, size, nodes()).value();
    proof.checkpoint = notes_[size];
    files_["entry-07.tlog-proof"] = format_proof_file(proof).value();
    std::string lines = std::to_string(kPinnedSize) + "\n" + std::to_string(size) + "\n";
    const merkle::Proof hashes = merkle::prove_consistency(kPinnedSize, size, nodes()).value();
    for (const Hash& hash : hashes) {
      lines += to_base64(hash.view()) + "\n";
    }
    files_["consistency.txt"] = lines;
  }

  void tiles() {
    const auto width = static_cast<unsigned>(story_.entries.size());
    std::string bundle;
    for (const std::string& entry : story_.entries) {
      ASSAY_ASSERT(merkle::append_to_bundle(bundle, entry).has_value());
    }
    files_[merkle::format_bundle_path({0, width})] = bundle;
    files_[merkle::format_tile_path({0, 0, width})] =
        merkle::encode_tile({0, 0, width}, nodes()).value();
  }

  void refusal() {
    const Refusal refusal{story_.leaves[0], "event 0 (run_finished): there is no run/R-0002",
                          "rejected", story_.refused_size, sha256(story_.refused)};
    const std::string payload = format_refusal(refusal);
    const Signer& log = *story_.key("log-0").signer;
    files_["refused.dsse"] =
        cli::format_envelope({std::string(kSubmissionPayloadType),
                              story_.refused,
                              {{story_.key("harness").id(), story_.refused_signature}}});
    files_["refusal.dsse"] =
        cli::format_envelope({std::string(kRefusalPayloadType),
                              payload,
                              {{log.verifier().key_id(), sign_refusal(payload, log).value()}}});
  }

  void aside() {
    files_["pin.json"] =
        verify::format_pin(verify::make_pin(notes_[kPinnedSize], story_.leaves[0], {}).value());
    files_["name.opening"] = cli::format_opening(
        cli::make_opening(story_.salt.view(), std::string(kGoldenName)).value());
    for (const std::string_view bytes : {kGoldenMinutes, kGoldenRulebook, kGoldenRunLog}) {
      files_["evidence/" + sha256(bytes).hex()] = bytes;
    }
  }

  void states() {
    MemoryLog log{story_.entries, {}, {}};
    for (const auto& [size, note] : notes_) log.notes.push_back(note);
    projections::ProgrammeFold fold;
    const verify::Report report =
        verify::verify_log(MemorySource(log), keys::make_verifier, {.evidence = false}, &fold);
    ASSAY_ASSERT(report.sealed.has_value());
    std::vector<verify::NamedDigest> digests = report.sealed->digests;
    for (const projections::StateDigest& state : fold.digests()) {
      digests.push_back({state.name.text, state.digest});
    }
    files_["states/pin.json"] = verify::format_pin(
        verify::make_pin(report.sealed->note, story_.leaves[0], std::move(digests)).value());
  }

  GoldenStory& story_;
  GoldenFiles files_;
  std::map<std::uint64_t, std::string> notes_;
};

}  // namespace

GoldenFiles golden_files(const fs::path& folder) {
  GoldenStory story(ecdsa_signer(folder));
  story.tell();
  return Folder(story).write();
}

bool is_state_file(const std::string& path) { return path.starts_with("states/"); }

std::string read_golden_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

MemoryLog read_golden_log(const fs::path& folder) {
  const auto sorted = [&](const char* name) {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(folder / name)) files.push_back(file.path());
    std::ranges::sort(files);
    return files;
  };
  MemoryLog log;
  for (const fs::path& file : sorted("entries")) log.entries.push_back(read_golden_file(file));
  for (const fs::path& file : sorted("checkpoints")) log.notes.push_back(read_golden_file(file));
  for (const fs::path& file : sorted("evidence")) {
    const auto digest = Hash::from_hex(file.filename().string());
    if (!digest) throw std::runtime_error(file.string() + " is not named by a digest");
    log.evidence.emplace(*digest, read_golden_file(file));
  }
  return log;
}

}  // namespace assay::testing
