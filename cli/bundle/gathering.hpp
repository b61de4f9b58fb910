#pragma once

/// How `gather` goes about it: events are taken with a distance from what was asked, and looked
/// into once, from the nearest on. Thread word: thread-compatible; borrows the store.

#include <deque>
#include <map>

#include "cli/bundle/question.hpp"
#include "cli/why/references.hpp"
#include "ledger/format/entry.hpp"

namespace assay::cli {

class Gathering {
 public:
  Gathering(const store::Store& store, std::uint64_t size) : store_(store), size_(size) {}

  /// Errors: not_found.
  [[nodiscard]] Status begin(const Question& question);
  /// Finds the events that name what was asked.
  [[nodiscard]] Status read_log(const std::function<void(std::uint64_t)>& progress);
  /// Takes what those refer to, and what proves and judges them, until nothing is left to take.
  [[nodiscard]] Status close();
  [[nodiscard]] Gathered take() { return std::move(gathered_); }

 private:
  /// How far from what was asked: an event about it or one that names it; an event about a thing
  /// that such a one names; everything else.
  enum class Distance : std::uint8_t { asked, named, beyond };
  struct Step {
    EventId id;
    Distance distance;
  };
  [[nodiscard]] Status look(std::uint64_t index, std::string_view bytes);
  [[nodiscard]] Status look_at(const EventId& id, const EventView& event);
  [[nodiscard]] Status follow(const Step& step);
  [[nodiscard]] Status open(std::uint64_t entry);
  void push(const EventId& id, Distance distance);
  [[nodiscard]] Status push_about(const std::string& subject, Distance distance,
                                  std::uint64_t before);
  [[nodiscard]] Status push_first(const std::string& subject);

  const store::Store& store_;
  std::uint64_t size_;
  std::uint64_t asked_before_ = 0;  // entries in which something may name what was asked
  std::string subject_;
  std::string id_;  // of the subject, which every event that names it has among its bytes
  std::deque<Step> steps_;
  std::map<EventId, Distance> taken_;
  std::deque<std::uint64_t> unopened_;  // entries whose signers and files were not yet looked at
  std::set<Hash> keys_;                 // that were looked at
  Gathered gathered_;
};

}  // namespace assay::cli
