#include "tests/bench/programme_ledger.hpp"

#include "keys/verifier.hpp"
#include "tests/bench/measure.hpp"
#include "tests/support/programme_log.hpp"

namespace assay::bench {

using namespace assay::testing;

ProgrammeLedger::ProgrammeLedger(const std::string& folder, std::size_t tool_count,
                                 KeyAlgorithm algorithm)
    : directory_(fresh(folder) + "/ledger"),
      log_key_(folder + "/keys", builder_.log_key(0).signer.get()),
      keyring_(keys::make_verifier) {
  record_programme(builder_, false);
  register_tools(tool_count, algorithm);
  builder_.add_evidence("bulk");
  ASSAY_ASSERT(store::Store::create(directory_, builder_.origin()).has_value());
  store_.emplace(std::move(store::Store::open_writable(directory_).value()));
  for (const auto& [digest, bytes] : builder_.log().evidence) store_evidence(bytes);
  const auto now = [this] { return Timestamp{now_.us++}; };
  writer_.emplace(
      store::Writer::open({*store_, rules_, keyring_, keys::make_verifier, log_key_, now}).value());
  replay();
}

void ProgrammeLedger::store_evidence(std::string_view bytes) {
  const auto source = [bytes](std::span<char> buffer) mutable -> Result<std::size_t> {
    const std::size_t count = std::min(buffer.size(), bytes.size());
    bytes.copy(buffer.data(), count);
    bytes.remove_prefix(count);
    return count;
  };
  ASSAY_ASSERT(store_->put_evidence(source).has_value());
}

std::string ProgrammeLedger::name_of(std::size_t tool) { return "tool-" + std::to_string(tool); }

void ProgrammeLedger::register_tools(std::size_t tool_count, KeyAlgorithm algorithm) {
  std::vector<EventData> keys;
  std::vector<EventData> roles;
  for (std::size_t tool = 0; tool < tool_count; ++tool) {
    const Author& author = builder_.author(name_of(tool), algorithm);
    events::KeyRegistered key;
    key.holder = name_of(tool);
    key.party = "S1SP-A";
    key.key = author.key();
    key.public_key = author.public_key();
    key.valid_from = Timestamp::parse("2019-01-01T00:00:00.000000Z").value();
    key.valid_to = Timestamp::parse("2029-01-01T00:00:00.000000Z").value();
    keys.emplace_back(key);
    events::RoleGranted role;
    role.holder = key.holder;
    role.party = key.party;
    role.role = Role::harness;
    roles.emplace_back(role);
  }
  constexpr std::size_t kKeysEach = 16;  // each signs too, and an entry has a limit
  for (std::size_t i = 0; i < keys.size(); i += kKeysEach) {
    const auto from = keys.begin() + static_cast<std::ptrdiff_t>(i);
    const auto count = static_cast<std::ptrdiff_t>(std::min(kKeysEach, keys.size() - i));
    builder_.append(builder_.author("root-DCC"), {from, from + count});
  }
  const std::uint64_t granted = builder_.append(builder_.author("root-DCC"), roles, {.see = true});
  builder_.endorse(builder_.author("root-SECAS"), granted);
}

/// Hands in what the builder recorded, at the same times, so that the log's id is the builder's.
void ProgrammeLedger::replay() {
  EntryView entry;
  for (const std::string& bytes : builder_.log().entries) {
    ASSAY_ASSERT(parse_entry(bytes, entry).has_value());
    now_ = entry.recorded_at;
    const auto receipt = writer_->append({std::string(entry.submission.bytes), entry.signatures});
    ASSAY_ASSERT(receipt.has_value() && receipt->leaf == merkle::leaf_hash(bytes));
  }
}

store::SignedSubmission ProgrammeLedger::sign(Author& by, const std::vector<EventData>& events) {
  store::SignedSubmission submission;
  submission.bytes = builder_.draft(by, events, {});
  submission.signatures = builder_.sign(submission.bytes);
  ++by.sequence;
  by.last = submission_digest(submission.bytes);
  return submission;
}

Submissions ProgrammeLedger::sign_results(std::size_t tool, std::uint64_t count,
                                          std::uint64_t events_each) {
  Author& author = builder_.author(name_of(tool));
  const events::ImportStarted started =
      bulk_import("BENCH-" + std::to_string(imports_++), count * events_each);
  ASSAY_ASSERT(writer_->append(sign(author, {started})).has_value());
  Submissions submissions;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::vector<EventData> results;
    for (std::uint64_t j = 0; j < events_each; ++j) {
      results.emplace_back(bulk_result(started, i * events_each + j));
    }
    submissions.push_back(sign(author, results));
  }
  return submissions;
}

void ProgrammeLedger::close() {
  writer_.reset();
  store_.reset();
}

}  // namespace assay::bench
