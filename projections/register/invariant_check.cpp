#include "projections/register/invariant_check.hpp"

namespace assay::projections {

void InvariantCheck::breaks(std::string text) {
  if (broken_.empty()) broken_ = std::move(text);
}

std::string_view InvariantCheck::key(Kind kind, std::string_view id) {
  key_.assign(text_of(kind));
  key_.push_back('/');
  key_.append(id);
  return key_;
}

void InvariantCheck::creates(Kind kind, std::string_view id) {
  const IdEntry* const found = ids_.find(key(kind, id));
  if (found != nullptr && found->state != IdState::touched) {
    breaks(key_ + " exists already");
    return;
  }
  ids_.change(key_).state = IdState::open;
}

void InvariantCheck::unique(Kind kind, std::string_view combination) {
  // '=' cannot begin a kind, so combinations and ids never meet.
  key_.assign("=").append(text_of(kind)).push_back('/');
  key_.append(combination);
  if (ids_.find(key_) != nullptr) {
    breaks("another " + std::string(text_of(kind)) + " has the same " +
           (kind == Kind::scope ? "item id" : "fields"));
    return;
  }
  ids_.change(key_).state = IdState::open;
}

void InvariantCheck::exists(Kind kind, std::string_view id) {
  const IdEntry* const found = ids_.find(key(kind, id));
  if (found == nullptr || found->state == IdState::touched) breaks("there is no " + key_);
}

IdEntry* InvariantCheck::open(Kind kind, std::string_view id) {
  const IdEntry* const found = ids_.find(key(kind, id));
  if (found == nullptr || found->state == IdState::touched) {
    breaks("there is no " + key_);
    return nullptr;
  }
  if (found->state == IdState::closed) {
    breaks(key_ + " is closed already");
    return nullptr;
  }
  return &ids_.change(key_);
}

void InvariantCheck::closes(Kind kind, std::string_view id) {
  if (IdEntry* const entry = open(kind, id)) entry->state = IdState::closed;
}

void InvariantCheck::part(Kind kind, std::string_view id, std::uint64_t ordinal) {
  IdEntry* const entry = open(kind, id);
  if (entry == nullptr) return;
  if (entry->parts != ordinal) {
    breaks(key_ + " has " + std::to_string(entry->parts) + " parts; the next is number " +
           std::to_string(entry->parts) + ", not " + std::to_string(ordinal));
    return;
  }
  ++entry->parts;
}

void InvariantCheck::closes_with(Kind kind, std::string_view id, std::uint64_t count) {
  IdEntry* const entry = open(kind, id);
  if (entry == nullptr) return;
  if (entry->parts != count) {
    breaks(key_ + " has " + std::to_string(entry->parts) + " parts, not " + std::to_string(count));
    return;
  }
  entry->state = IdState::closed;
}

void InvariantCheck::event(const EventId& id) {
  const bool in_this_submission = id.entry == here_.entry && id.position < here_.position;
  if (!in_this_submission && !earlier_.holds(id)) {
    breaks("there is no event " + id.text() + " before this one");
  }
}

void InvariantCheck::had_size(std::uint64_t size, std::string_view member) {
  if (size <= here_.entry) return;
  breaks(std::string(member) + " " + std::to_string(size) + " lies beyond the log's " +
         std::to_string(here_.entry) + " entries");
}

/// Two keys a thing: that something was stated of it, and what.
void InvariantCheck::agrees(Kind kind, std::string_view id, std::string_view fields,
                            std::string_view what) {
  std::string stated = "=stated/";
  stated.append(text_of(kind)).append("/").append(id);
  const std::string with_fields = stated + " " + std::string(fields);
  if (ids_.find(stated) != nullptr && ids_.find(with_fields) == nullptr) {
    breaks("an earlier event states another " + std::string(what) + " of " + subject_of(kind, id));
    return;
  }
  ids_.change(stated).state = IdState::open;
  ids_.change(with_fields).state = IdState::open;
}

void InvariantCheck::require(bool holds, std::string_view rule) {
  if (!holds) breaks(std::string(rule));
}

}  // namespace assay::projections
