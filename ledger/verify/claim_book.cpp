#include "ledger/verify/claim_book.hpp"

#include <algorithm>
#include <limits>

#include "ledger/verify/report.hpp"

namespace assay::verify {
namespace {

/// Objections to no entry in particular come last.
std::uint64_t place(const Objection& objection) {
  return objection.error.entry.value_or(std::numeric_limits<std::uint64_t>::max());
}

}  // namespace

void ClaimBook::object(Objection objection) {
  ++objection_count_;
  Page& page = pages_[static_cast<std::size_t>(objection.claim)];
  if (objection.error.code == Errc::unsupported) {
    leave_open(objection.claim, objection.error.message, true);
  } else {
    const int code = exit_code(objection);
    page.exit_code = page.failed_count++ == 0 ? code : std::min(page.exit_code, code);
    if (!page.first || place(objection) < place(*page.first)) page.first = objection;
  }
  if (objections_.size() < objections_kept_) objections_.push_back(std::move(objection));
}

void ClaimBook::leave_open(Claim claim, std::string reason, bool could_not_look) {
  Page& page = pages_[static_cast<std::size_t>(claim)];
  if (page.open_count++ == 0) page.open = std::move(reason);
  page.could_not_look = page.could_not_look || could_not_look;
}

std::optional<std::uint64_t> ClaimBook::first_damage() const noexcept {
  std::optional<std::uint64_t> first;
  for (const Claim claim : {Claim::canonical_bytes, Claim::chain, Claim::author_signatures}) {
    const std::optional<Objection>& objection = page(claim).first;
    if (objection && objection->error.entry && (!first || *objection->error.entry < *first)) {
      first = objection->error.entry;
    }
  }
  return first;
}

std::vector<Objection> ClaimBook::take_objections() {
  std::ranges::stable_sort(objections_, {}, place);
  return std::move(objections_);
}

std::string numbered(std::uint64_t entry) { return "entry " + std::to_string(entry); }

Objection disagreement(Claim claim, Errc code, std::uint64_t entry, std::string message,
                       std::string expected, std::string actual) {
  return {claim, Error{code, std::move(message), {}, entry}, std::move(expected),
          std::move(actual)};
}

}  // namespace assay::verify
