#pragma once

/// Events about evidence files. The files lie beside the log, by digest; only digests enter it.

#include "ledger/events/invariants.hpp"
#include "ledger/events/roles.hpp"

namespace assay::events {

struct EvidenceAdded {
  static constexpr std::string_view kType = "evidence_added";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  Hash digest;               ///< SHA-256
  Identifier digest_sha512;  ///< the second hash, from the first day
  std::string media_type;    ///< as declared; never acted on
  std::string name;
  std::uint64_t size_bytes = 0;
  std::optional<std::string> title;

  void evidence_files(std::vector<Hash>& files) const { files.push_back(digest); }
  [[nodiscard]] std::string subject() const { return subject_of(Kind::evidence, digest.hex()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(digest_sha512), CEREAL_NVP(media_type), CEREAL_NVP(name),
            CEREAL_NVP(size_bytes), CEREAL_NVP(title));
  }
  void invariants(Invariants& v) const {
    v.require(digest_sha512.text.size() == 128 &&
                  digest_sha512.text.find_first_not_of("0123456789abcdef") == std::string::npos,
              "digest_sha512 is 128 lower-case hexadecimal digits");
    v.agrees(Kind::evidence, digest.hex(), digest_sha512.text + " " + std::to_string(size_bytes),
             "SHA-512 and size");
  }
};

/// A file of evidence belongs to a thing whose own events have no member for it: a deployment's
/// log to its environment, a trace to a Testing Issue.
struct EvidenceAttached {
  static constexpr std::string_view kType = "evidence_attached";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  std::string about;  ///< the subject that the file is evidence for
  Hash digest;
  std::optional<std::string> note;  ///< what in the file shows what

  void evidence_files(std::vector<Hash>& files) const { files.push_back(digest); }
  [[nodiscard]] std::string subject() const { return about; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(digest), CEREAL_NVP(note));
  }
  void invariants(Invariants& v) const;
};

/// Evidence that should be there and is not: said, with the reason, instead of left out.
struct EvidenceUnavailable {
  static constexpr std::string_view kType = "evidence_unavailable";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  std::string about;  ///< the subject that the evidence was for
  std::optional<Hash> digest;
  std::string reason;

  [[nodiscard]] std::string subject() const { return about; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(digest), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const;
};

/// Erased where the law demands it: its claim becomes "not checked, erased by entry N".
struct EvidenceErased {
  static constexpr std::string_view kType = "evidence_erased";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_reg}};
  Hash digest;
  std::string legal_basis;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::evidence, digest.hex()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(legal_basis), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.require(!legal_basis.empty(), "an erasure names its legal basis");
  }
};

}  // namespace assay::events
