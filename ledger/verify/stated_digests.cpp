#include "ledger/verify/stated_digests.hpp"

#include <algorithm>

namespace assay::verify {
namespace {

std::string entries_between(std::uint64_t first, std::uint64_t end) {
  if (end - first == 1) return numbered(first);
  return "one of the entries " + std::to_string(first) + " to " + std::to_string(end - 1);
}

std::string program_of(const events::Engine& engine) {
  const std::string digest = engine.digest ? " " + engine.digest->hex() : std::string();
  return engine.name + " " + engine.version + digest;
}

}  // namespace

StatedDigests::StatedDigests(std::vector<StatedDigest> stated,
                             std::vector<std::uint64_t> expected_sizes)
    : stated_(std::move(stated)), expected_sizes_(expected_sizes.begin(), expected_sizes.end()) {
  std::ranges::stable_sort(stated_, {}, &StatedDigest::size);
}

bool StatedDigests::any_at(std::uint64_t size) const noexcept {
  return expected_sizes_.contains(size) ||
         std::ranges::binary_search(stated_, size, {}, &StatedDigest::size);
}

void StatedDigests::compare(std::uint64_t size, std::span<const NamedDigest> digests,
                            ClaimBook& book) {
  kept_[size].assign(digests.begin(), digests.end());
  for (const StatedDigest& stated :
       std::ranges::equal_range(stated_, size, {}, &StatedDigest::size)) {
    hold(stated.stated_by, stated, size == 0 ? 0 : size - 1, std::nullopt, digests, book);
  }
}

void StatedDigests::take_back(const EventId& target, const Hash& author,
                              const EventId& correction) {
  const auto stated = authors_.find(target);
  if (stated != authors_.end() && stated->second == author) {
    taken_back_.emplace(target, correction);
  }
}

void StatedDigests::take(const EventId& event, const Hash& author,
                         const events::StatesAttested& attested, ClaimBook& book) {
  authors_.emplace(event, author);
  const std::string by = "event " + event.text();
  const auto found = kept_.find(attested.size);
  if (found == kept_.end()) {
    return book.leave_open(Claim::projections, "the states at size " +
                                                   std::to_string(attested.size) + ", which " + by +
                                                   " states, were not refolded in this run");
  }
  const std::string program = program_of(attested.engine);
  for (const events::StatedDigest& digest : attested.digests) {
    hold(program, {digest.name.text, attested.size, digest.digest, by, digest.version}, event.entry,
         event, found->second, book);
  }
}

void StatedDigests::hold(const std::string& program, const StatedDigest& stated,
                         std::uint64_t entry, const std::optional<EventId>& event,
                         std::span<const NamedDigest> digests, ClaimBook& book) {
  const std::string state =
      "the state \"" + stated.name + "\" at size " + std::to_string(stated.size);
  const auto own = std::ranges::find(digests, stated.name, &NamedDigest::name);
  if (own == digests.end()) {
    return book.leave_open(Claim::projections, state + ", which " + stated.stated_by +
                                                   " states, was not refolded in this run");
  }
  if (stated.version != 0 && own->version != 0 && stated.version != own->version) {
    return book.leave_open(Claim::projections,
                           state + ", which " + stated.stated_by + " states, is of its version " +
                               std::to_string(stated.version) + "; this program folds version " +
                               std::to_string(own->version));
  }
  ++compared_count_;
  History& history = histories_[{program, stated.name}];
  if (own->digest == stated.digest) {
    history.agreed.emplace(stated.size, stated.stated_by);
  } else {
    history.differing.push_back({stated, own->digest, entry, event});
  }
}

void StatedDigests::finish(std::uint64_t start_size, std::uint64_t head_size,
                           ClaimBook& book) const {
  for (const auto& [fold, history] : histories_) {
    for (const Difference& difference : history.differing) {
      const StatedDigest& stated = difference.stated;
      std::string message = "the state \"" + stated.name + "\" at size " +
                            std::to_string(stated.size) + " has another digest than " +
                            stated.stated_by + " states";
      if (difference.event && taken_back_.contains(*difference.event)) {
        book.leave_open(Claim::projections, message + ", which its author took back in event " +
                                                taken_back_.at(*difference.event).text());
        continue;
      }
      const auto after = history.agreed.lower_bound(stated.size);
      if (after != history.agreed.begin()) {
        const auto& [agreed_size, agreed_by] = *std::prev(after);
        message += "; at size " + std::to_string(agreed_size) + " it had the one that " +
                   agreed_by + " states, so the two part in " +
                   entries_between(agreed_size, stated.size);
      } else if (stated.size > 0) {
        message += "; no smaller size at which they agreed was stated, so the two part in " +
                   entries_between(0, stated.size);
      }
      book.object(disagreement(Claim::projections, Errc::state_mismatch, difference.entry,
                               std::move(message), stated.digest.hex(), difference.own.hex()));
    }
  }
  for (const StatedDigest& stated : stated_) {
    if (stated.size >= start_size && stated.size <= head_size) continue;
    book.leave_open(Claim::projections,
                    "the state \"" + stated.name + "\" at size " + std::to_string(stated.size) +
                        ", which " + stated.stated_by + " states, lies outside what this run read");
  }
}

}  // namespace assay::verify
