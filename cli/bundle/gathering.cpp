#include "cli/bundle/gathering.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"

namespace assay::cli {
namespace {

/// The things that an event creates, as subjects.
class Created final : public Invariants {
 public:
  void creates(Kind kind, std::string_view id) override {
    subjects.push_back(subject_of(kind, id));
  }
  void unique(Kind, std::string_view) override {}
  void exists(Kind, std::string_view) override {}
  void closes(Kind, std::string_view) override {}
  void part(Kind, std::string_view, std::uint64_t) override {}
  void closes_with(Kind, std::string_view, std::uint64_t) override {}
  void event(const EventId&) override {}
  void had_size(std::uint64_t, std::string_view) override {}
  void agrees(Kind, std::string_view, std::string_view, std::string_view) override {}
  void require(bool, std::string_view) override {}

  std::vector<std::string> subjects;
};

/// Nothing where this build does not know the type: what it refers to is not known then.
std::optional<EventData> decoded(const EventView& event) {
  auto data = decode_event(event.type, event.version, event.data);
  return data ? std::optional(*std::move(data)) : std::nullopt;
}

}  // namespace

Status Gathering::begin(const Question& question) {
  asked_before_ = size_;
  subject_ = question.subject;
  if (question.event) {
    const EventId& id = *question.event;
    EntryView entry;
    std::string bytes;
    if (id.entry < size_) {
      ASSAY_TRY(bytes, store_.entry(id.entry));
      ASSAY_CHECK(parse_entry(bytes, entry));
    }
    if (id.entry >= size_ || id.position >= entry.submission.events.size()) {
      return fail(Errc::not_found,
                  "there is no event " + id.text() + " under the checkpoint of " +
                      std::to_string(size_) + " entries",
                  "`assay log` lists the events");
    }
    subject_ = entry.submission.events[id.position].subject;
    asked_before_ = id.entry + 1;
    push(id, Distance::asked);
  }
  id_ = subject_.substr(subject_.find('/') + 1);
  return push_about(subject_, Distance::asked, asked_before_);
}

Status Gathering::read_log(const std::function<void(std::uint64_t)>& progress) {
  ASSAY_CHECK(store_.scan(0, size_, [&](std::uint64_t index, std::string_view bytes) -> Status {
    constexpr std::uint64_t kProgressEvery = 1'024;
    if (index % kProgressEvery == 0) progress(index);
    return look(index, bytes);
  }));
  if (!steps_.empty()) return {};
  return fail(Errc::not_found, "nothing was recorded about " + subject_,
              "`assay log` shows what there is");
}

Status Gathering::look(std::uint64_t index, std::string_view bytes) {
  // Most entries of a large log have nothing to do with the question, and searching is cheaper than
  // reading. Identifiers have no other spelling.
  if (index >= asked_before_ || bytes.find(id_) == std::string_view::npos) return {};
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  for (std::size_t i = 0; i < entry.submission.events.size(); ++i) {
    const EventView& event = entry.submission.events[i];
    if (event.bytes.find(id_) != std::string_view::npos) ASSAY_CHECK(look_at({index, i}, event));
  }
  return {};
}

/// An event that names what was asked is part of the answer, and so is what it created.
Status Gathering::look_at(const EventId& id, const EventView& event) {
  const auto data = decoded(event);
  if (!data) return {};
  const References references = references_of(*data);
  const bool names_it = std::ranges::binary_search(references.subjects, subject_) ||
                        std::ranges::any_of(references.files, [&](const Hash& file) {
                          return subject_ == subject_of(Kind::evidence, file.hex());
                        });
  if (!names_it) return {};
  push(id, Distance::asked);
  Created created;
  check_invariants(*data, created);
  for (const std::string& subject : created.subjects) {
    ASSAY_CHECK(push_about(subject, Distance::asked, asked_before_));
  }
  return {};
}

Status Gathering::close() {
  // Whoever signed something is known by what introduced their key; the log's own keys and its
  // roots are few.
  gathered_.entries.insert(0);
  unopened_.push_back(0);
  for (const char* const subject : {"log/key", "log/roots"}) {
    ASSAY_CHECK(push_about(subject, Distance::beyond, size_));
  }
  while (!steps_.empty() || !unopened_.empty()) {
    if (!steps_.empty()) {
      const Step step = steps_.front();
      steps_.pop_front();
      ASSAY_CHECK(follow(step));
    } else {
      const std::uint64_t entry = unopened_.front();
      unopened_.pop_front();
      ASSAY_CHECK(open(entry));
    }
  }
  return {};
}

Status Gathering::follow(const Step& step) {
  if (taken_.at(step.id) != step.distance) return {};  // a nearer one came since
  ASSAY_CHECK(push_about(subject_of(Kind::decision, step.id.text()), Distance::beyond, size_));
  ASSAY_TRY(const std::string bytes, store_.entry(step.id.entry));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  if (step.id.position >= entry.submission.events.size()) return {};
  const auto data = decoded(entry.submission.events[step.id.position]);
  if (!data) return {};
  const References references = references_of(*data);
  for (const EventId& id : references.events) {
    if (id.entry < size_) push(id, Distance::beyond);
  }
  for (const std::string& subject : references.subjects) {
    ASSAY_CHECK(step.distance == Distance::asked
                    ? push_about(subject, Distance::named, asked_before_)
                    : push_first(subject));
  }
  return {};
}

/// Its signers' keys, and what the log says of its files.
Status Gathering::open(std::uint64_t index) {
  ASSAY_TRY(const std::string bytes, store_.entry(index));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  for (const EntrySignature& signature : entry.signatures) {
    if (!keys_.insert(signature.key).second) continue;
    ASSAY_CHECK(push_about(subject_of(Kind::key, signature.key.hex()), Distance::beyond, size_));
  }
  std::vector<Hash> files;
  for (const EventView& event : entry.submission.events) {
    const auto data = decoded(event);
    if (!data) continue;
    append_evidence_files(*data, files);
  }
  for (const Hash& file : files) {
    if (!gathered_.files.insert(file).second) continue;
    ASSAY_CHECK(push_about(subject_of(Kind::evidence, file.hex()), Distance::beyond, size_));
  }
  return {};
}

void Gathering::push(const EventId& id, Distance distance) {
  const auto [taken, is_new] = taken_.try_emplace(id, distance);
  if (!is_new && taken->second <= distance) return;
  taken->second = distance;
  steps_.push_back({id, distance});
  if (gathered_.entries.insert(id.entry).second) unopened_.push_back(id.entry);
}

Status Gathering::push_about(const std::string& subject, Distance distance, std::uint64_t before) {
  ASSAY_TRY(const std::vector<EventId> about, store_.events_about(subject));
  for (const EventId& id : about) {
    if (id.entry < before) push(id, distance);
  }
  return {};
}

Status Gathering::push_first(const std::string& subject) {
  ASSAY_TRY(const std::vector<EventId> about, store_.events_about(subject));
  if (!about.empty() && about.front().entry < size_) push(about.front(), Distance::beyond);
  return {};
}

}  // namespace assay::cli
