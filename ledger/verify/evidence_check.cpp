#include "ledger/verify/evidence_check.hpp"

#include <algorithm>

#include "ledger/base/parallel.hpp"
#include "ledger/verify/waves.hpp"

namespace assay::verify {
namespace {

struct Reading {
  Status status;
  std::string sha256;
  std::string sha512;
  std::uint64_t size_bytes = 0;
  bool too_large = false;  ///< larger than anybody states; not read to its end
};

/// The largest size that the log states for a file; nothing where it states none.
std::optional<std::uint64_t> stated_size_max(const EvidenceItem& item) {
  if (!item.stated) return std::nullopt;
  return std::max(item.stated->size_bytes,
                  item.contradicted ? item.contradicted->size_bytes : std::uint64_t{0});
}

Reading read_file(const Source& source, const EvidenceItem& item) {
  Reading reading;
  Digest sha256 = Digest::sha256();
  Digest sha512 = Digest::sha512();
  const bool both = item.stated.has_value();
  const std::optional<std::uint64_t> size_max = stated_size_max(item);
  reading.status = source.read_evidence(item.digest, [&](std::string_view chunk) {
    sha256.update(chunk);
    if (both) sha512.update(chunk);
    reading.size_bytes += chunk.size();
    reading.too_large = size_max && reading.size_bytes > *size_max;
    return !reading.too_large;
  });
  reading.sha256 = sha256.finish_hex();
  if (both) reading.sha512 = sha512.finish_hex();
  return reading;
}

class Judge {
 public:
  Judge(const Source& source, ClaimBook& book, Counts& counts)
      : source_(source), held_(source.evidence_held()), book_(book), counts_(counts) {}

  void judge(const EvidenceItem& item, const Reading& reading) {
    if (item.contradicted) {
      // The file itself, where it is there, tells below whether the first statement was right.
      object(item.contradicted->entry,
             numbered(item.contradicted->entry) +
                 " states another size or SHA-512 for the evidence file " + item.digest.hex() +
                 " than entry " + std::to_string(item.stated->entry),
             shown(*item.stated), shown(*item.contradicted));
    }
    if (!reading.status) return judge_unread(item, reading.status.error());
    ++counts_.evidence_files;
    counts_.evidence_size_bytes += reading.size_bytes;
    if (reading.too_large) {
      return object(item.entry,
                    "the evidence file " + item.digest.hex() + " is larger than the log says",
                    std::to_string(item.stated->size_bytes) + " bytes",
                    "more than " + std::to_string(*stated_size_max(item)) + " bytes");
    }
    compare(item, "has another SHA-256", item.digest.hex(), reading.sha256);
    if (!item.stated) return;
    compare(item, "has another SHA-512", item.stated->sha512, reading.sha512);
    compare(item, "has another size", std::to_string(item.stated->size_bytes) + " bytes",
            std::to_string(reading.size_bytes) + " bytes");
  }

 private:
  static std::string shown(const EvidenceStatement& said) {
    return std::to_string(said.size_bytes) + " bytes, SHA-512 " + said.sha512;
  }
  void judge_unread(const EvidenceItem& item, const Error& error) {
    const std::string file = "the evidence file " + item.digest.hex();
    if (error.code == Errc::not_found && item.erased_by) {
      open(file + " was erased by entry " + std::to_string(*item.erased_by));
    } else if (const auto withheld = source_.withheld(item.digest);
               error.code == Errc::not_found && withheld) {
      open(file + " is withheld by whoever published this: " + *withheld);
    } else if (error.code == Errc::not_found && held_ == EvidenceHeld::some) {
      open(file + " is not among those that lie here");
    } else if (error.code == Errc::not_found) {
      // Anybody may declare a file unavailable, so it explains the absence and excuses nothing.
      const std::string declared =
          item.unavailable_by
              ? "; entry " + std::to_string(*item.unavailable_by) + " declares it unavailable"
              : std::string();
      object(item.entry, file + " is not there" + declared, "a file with this digest", "no file");
    } else if (is_evidence(error.code)) {
      object(item.entry, file + ": " + error.message, "a file with this digest", "damaged bytes");
    } else {
      book_.leave_open(Claim::evidence_files, file + ": " + error.message, true);
    }
  }
  void compare(const EvidenceItem& item, std::string_view what, std::string expected,
               std::string actual) {
    if (expected == actual) return;
    object(item.entry, "the evidence file " + item.digest.hex() + " " + std::string(what),
           std::move(expected), std::move(actual));
  }
  void object(std::uint64_t entry, std::string message, std::string expected, std::string actual) {
    book_.object(disagreement(Claim::evidence_files, Errc::evidence_damaged, entry,
                              std::move(message), std::move(expected), std::move(actual)));
  }
  void open(std::string reason) { book_.leave_open(Claim::evidence_files, std::move(reason)); }

  const Source& source_;
  EvidenceHeld held_;
  ClaimBook& book_;
  Counts& counts_;
};

}  // namespace

void check_evidence(const Source& source, const std::vector<EvidenceItem>& items,
                    std::size_t threads, ClaimBook& book, Counts& counts) {
  const EvidenceHeld held = source.evidence_held();
  if (items.empty()) return;
  if (held == EvidenceHeld::none) {
    book.leave_open(Claim::evidence_files, "no evidence files lie with this log; it names " +
                                               std::to_string(items.size()));
    return;
  }
  std::vector<Reading> readings(items.size());
  for_each_index(threads, items.size(),
                 [&](std::size_t i) { readings[i] = read_file(source, items[i]); });
  Judge judge(source, book, counts);
  for (std::size_t i = 0; i < items.size(); ++i) judge.judge(items[i], readings[i]);
}

}  // namespace assay::verify
