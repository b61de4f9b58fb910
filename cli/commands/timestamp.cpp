#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/http/client.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/evidence_files.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/recording.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/time/keeping.hpp"
#include "cli/time/kept_timestamps.hpp"
#include "cli/time/time_report.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kStampNonceSizeBytes = 8;
// What may be read may be kept.
static_assert(keys::kTimestampSizeBytes == store::kTimestampSizeBytes);

/// The newest checkpoint of a point, and what is stamped of it.
struct ToStamp {
  store::StoredCheckpoint checkpoint;
  Hash imprint;
};

Result<ToStamp> to_stamp(Run& run, const store::Store& store, const std::string& at) {
  ASSAY_TRY(const std::uint64_t size, size_at(store, at));
  ToStamp found;
  ASSAY_TRY(found.checkpoint, checkpoint_up_to(store, size));
  ASSAY_TRY(found.imprint, timestamp_imprint(found.checkpoint.note));
  run.out.member("size") = found.checkpoint.size;
  run.out.member("imprint") = found.imprint.hex();
  return found;
}

struct RequestOptions {
  std::string at;
  std::string output;
};

Result<int> make_request(Run& run, const RequestOptions& options) {
  ASSAY_TRY(const store::Store store, open_for_reading(run));
  ASSAY_TRY(run.out.member("ledger"), ledger_json(store));
  ASSAY_TRY(const ToStamp stamping, to_stamp(run, store, options.at));
  const std::string nonce = run.context.random_bytes(kStampNonceSizeBytes);
  ASSAY_TRY(const std::string query, keys::format_timestamp_request(stamping.imprint, nonce));
  ASSAY_CHECK(write_file(options.output, query, false));
  run.out.member("file") = options.output;
  run.out.line(fmt::format("wrote {}: a request for a timestamp over the checkpoint of size {}",
                           options.output, stamping.checkpoint.size));
  run.out.line(
      fmt::format("  imprint  {}  (SHA-256 of the checkpoint's text)", stamping.imprint.hex()));
  run.out.line("  take it to an authority, and bring the answer back: assay timestamp add FILE");
  return 0;
}

/// What was found of a timestamp that is about to be kept.
void show_stamp(Run& run, std::uint64_t size, const keys::VerifiedTimestamp& stamp,
                const Hash& digest) {
  run.out.line(fmt::format("  time       {}", stamp.token.time.text()));
  run.out.line(fmt::format("  authority  {}", shown(stamp.authority)));
  if (!stamp.trusted) run.out.line(run.out.yellow("  not checked: " + shown(stamp.why_not)));
  run.out.member("timestamp") = {{"size", size},
                                 {"digest", digest.hex()},
                                 {"time", stamp.token.time.text()},
                                 {"not_after", stamp.token.latest().text()},
                                 {"authority", stamp.authority},
                                 {"certificate", stamp.certificate.hex()},
                                 {"certificate_ends", stamp.certificate_ends.text()},
                                 {"trusted", stamp.trusted}};
}

/// Whoever names whom to trust does not want anybody else's.
Status check_trusted(const keys::VerifiedTimestamp& stamp) {
  if (stamp.trusted) return {};
  return fail(Errc::incomplete,
              "the timestamp by " + stamp.authority + " could not be checked: " + stamp.why_not,
              "nothing was kept; name the root certificate of that authority with --ca");
}

struct AddOptions {
  std::string file;
  std::string request;
  std::string ca;
  std::string record_key;
  bool dry_run = false;
  std::uint64_t wait_s = 0;
};

/// --record: the timestamp as an event, and its bytes as evidence, so that the log itself says that
/// it was stamped.
Status record_anchor(Run& run, std::uint64_t size, const std::string& response,
                     const keys::VerifiedTimestamp& stamp, const AddOptions& options) {
  WriteOptions writing;
  writing.wait_s = options.wait_s;
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, writing));
  ASSAY_TRY(const Hash root, merkle::root_at(size, session.store().nodes()));
  ASSAY_TRY(const store::StoredEvidence token, put_bytes(session.store(), response));
  events::ExternalAnchorRecorded event;
  event.anchor = events::AnchorKind::rfc3161;
  event.anchored_at = stamp.token.time;
  event.evidence = token.digest;
  event.head = {root, size};
  event.reference = stamp.authority;
  ASSAY_TRY(Author author,
            Author::open(run, options.record_key, run.globals.passphrase_from, session.log_id()));
  const std::vector<std::string> events{encode_event(event, run.context.now())};
  ASSAY_TRY(const RecordedBatch batch, record_events(run, session, author, events, {}));
  show_receipts(run, batch, events);
  run.out.member("ledger") = session.summary();
  return {};
}

/// The checkpoint that the bytes are over. Errors: not_found.
Result<std::uint64_t> stamped_size(const store::Store& store, const Hash& imprint) {
  std::optional<std::uint64_t> found;
  ASSAY_CHECK(store.scan_checkpoints(0, [&](const store::StoredCheckpoint& kept) -> Status {
    const auto of = timestamp_imprint(kept.note);
    if (of && *of == imprint) found = kept.size;
    return {};
  }));
  if (found) return *found;
  return fail(Errc::not_found,
              "the timestamp is over " + imprint.hex() + ", which is no checkpoint of this ledger",
              "it may belong to another ledger; `assay timestamp request` says what is stamped");
}

Result<int> keep(Run& run, store::Store reader, std::uint64_t size, const std::string& response,
                 const keys::VerifiedTimestamp& stamp, const AddOptions& options) {
  if (!options.dry_run) {
    ASSAY_CHECK(keep_timestamp(run, std::move(reader), size, response, options.wait_s));
  }
  run.out.line(fmt::format("{} a timestamp over the checkpoint of size {}",
                           options.dry_run ? "would keep" : "kept", size));
  show_stamp(run, size, stamp, sha256(response));
  run.out.member("dry_run") = options.dry_run;
  if (options.dry_run) {
    run.out.line("nothing was written");
    return 0;
  }
  if (!options.record_key.empty()) {
    ASSAY_CHECK(record_anchor(run, size, response, stamp, options));
  }
  return 0;
}

Result<int> add(Run& run, const AddOptions& options) {
  ASSAY_TRY(const std::string given, read_file(options.file, keys::kTimestampSizeBytes));
  const auto in_file = [&](Error error) {
    return std::unexpected(std::move(error).in(options.file));
  };
  auto response = keys::timestamp_response(given);
  if (!response) return in_file(std::move(response).error());
  auto token = keys::parse_timestamp(*response);
  if (!token) return in_file(std::move(token).error());
  ASSAY_TRY(const auto anchors, read_anchors(options.ca));
  ASSAY_TRY(store::Store store, open_for_reading(run));
  ASSAY_TRY(run.out.member("ledger"), ledger_json(store));
  ASSAY_TRY(const std::uint64_t size, stamped_size(store, token->imprint));
  keys::TimestampExpected expected{token->imprint, std::nullopt, anchors ? &*anchors : nullptr};
  if (!options.request.empty()) {
    ASSAY_TRY(const std::string query, read_file(options.request, keys::kTimestampSizeBytes));
    auto request = keys::parse_timestamp_request(query);
    if (!request) return std::unexpected(std::move(request).error().in(options.request));
    expected.imprint = request->imprint;
    expected.nonce = request->nonce;
  }
  auto stamp = keys::verify_timestamp(*response, expected);
  if (!stamp) return in_file(std::move(stamp).error());
  if (anchors) ASSAY_CHECK(check_trusted(*stamp));
  return keep(run, std::move(store), size, *response, *stamp, options);
}

struct GetOptions {
  std::string url;
  std::string at;
  std::uint32_t timeout_s = 30;
  AddOptions keeping;
};

/// The answer is text from a stranger until it has been verified: the connection vouches for
/// nothing. Source: RFC 3161 section 3.4.
Result<std::string> ask_authority(const GetOptions& options, const std::string& query) {
  const HttpLimits limits{.time_ms = options.timeout_s * 1'000,
                          .body_size_bytes = keys::kTimestampSizeBytes};
  auto answer = http_post(options.url, query, limits,
                          {"application/timestamp-query", "application/timestamp-reply"});
  if (!answer) {
    Error error = std::move(answer).error();
    if (error.code == Errc::malformed) error.code = Errc::io;
    if (error.code == Errc::limit) error.code = Errc::gate_not_met;
    error.hint =
        "try again later, or make the request a file that can be carried there: "
        "`assay timestamp request`";
    return std::unexpected(std::move(error));
  }
  if (answer->status != 200) {
    return fail(Errc::io, fmt::format("{} answers with HTTP status {} instead of a timestamp",
                                      options.url, answer->status));
  }
  return std::move(answer->body);
}

Result<int> get(Run& run, const GetOptions& options) {
  ASSAY_CHECK(check_web_address(options.url));
  ASSAY_TRY(const auto anchors, read_anchors(options.keeping.ca));
  ASSAY_TRY(store::Store store, open_for_reading(run));
  ASSAY_TRY(run.out.member("ledger"), ledger_json(store));
  ASSAY_TRY(const ToStamp stamping, to_stamp(run, store, options.at));
  if (options.keeping.dry_run) {
    run.out.line(fmt::format("would ask {} for a timestamp over the checkpoint of size {}",
                             options.url, stamping.checkpoint.size));
    run.out.line("nothing was sent, and nothing was written");
    run.out.member("dry_run") = true;
    return 0;
  }
  const std::string nonce = run.context.random_bytes(kStampNonceSizeBytes);
  ASSAY_TRY(const std::string query, keys::format_timestamp_request(stamping.imprint, nonce));
  ASSAY_TRY(const auto asked, keys::parse_timestamp_request(query));
  ASSAY_TRY(const std::string answer, ask_authority(options, query));
  // An authority that answers wrongly says nothing of the log, as the evidence codes would.
  const auto from = [&](Error error) {
    if (error.code != Errc::incomplete) error.code = Errc::gate_not_met;
    if (error.hint.empty()) error.hint = "nothing was kept; ask again later, or another authority";
    return std::unexpected(std::move(error).in("the answer of " + options.url));
  };
  auto stamp =
      keys::verify_timestamp(answer, {asked.imprint, asked.nonce, anchors ? &*anchors : nullptr});
  if (!stamp) return from(std::move(stamp).error());
  ASSAY_CHECK(check_trusted(*stamp));
  return keep(run, std::move(store), stamping.checkpoint.size, answer, *stamp, options.keeping);
}

struct JudgeOptions {
  std::string ca;
  std::string at;
};

Result<std::vector<JudgedTimestamp>> judged(Run& run, const JudgeOptions& options) {
  ASSAY_TRY(const auto anchors, read_anchors(options.ca));
  ASSAY_TRY(const store::Store store, open_for_reading(run));
  ASSAY_TRY(run.out.member("ledger"), ledger_json(store));
  ASSAY_TRY(const std::uint64_t size, size_at(store, options.at));
  run.out.member("at_size") = size;
  return judge_timestamps(timestamps_of(store), anchors ? &*anchors : nullptr, size,
                          run.context.now());
}

Result<int> list(Run& run, const JudgeOptions& options) {
  ASSAY_TRY(const auto all, judged(run, options));
  Json timestamps = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const JudgedTimestamp& one : all) {
    timestamps.push_back(timestamp_json(one));
    rows.push_back({std::to_string(one.size), one.stamp ? one.stamp->token.time.text() : "?",
                    one.stamp ? shown(one.stamp->authority, 48) : "?", one.digest.hex()});
  }
  if (rows.empty()) {
    run.out.line("no timestamps");
  } else {
    run.out.table({"SIZE", "TIME", "AUTHORITY, NOT CHECKED", "SHA-256"}, rows);
  }
  run.out.member("timestamps") = std::move(timestamps);
  return 0;
}

Result<int> verify_all(Run& run, const JudgeOptions& options) {
  ASSAY_TRY(const auto all, judged(run, options));
  show_times(run, all, true);
  return exit_code_with_times(0, all, true);
}

void add_keeping_options(CLI::App* command, AddOptions& options) {
  command
      ->add_option("--record", options.record_key,
                   "Record it as external_anchor_recorded, too, signed with this key")
      ->type_name("NAME");
  command->add_flag("--dry-run", options.dry_run, "Check everything, keep and write nothing");
  command->add_option("--wait", options.wait_s, "Wait this long for another writer [0]")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{86'400}).description(""))
      ->type_name("SECONDS");
}

void add_request(App& app, CLI::App* group) {
  const auto options = std::make_shared<RequestOptions>();
  CLI::App* const command =
      app.command(group, "request", "Make a request for a timestamp, to carry to an authority",
                  [options](Run& run) { return make_request(run, *options); });
  add_at_option(command, options->at);
  command->add_option("-o,--output", options->output, "Write here")->required()->type_name("FILE");
  app.describe(
      command,
      "The request is over the newest checkpoint of that point. For an authority that takes\n"
      "requests by hand, or on a machine without a network:\n"
      "  assay timestamp request -o head.tsq\n"
      "  curl -H 'Content-Type: application/timestamp-query' --data-binary @head.tsq \\\n"
      "    http://tsa.example/ -o head.tsr\n"
      "  assay timestamp add head.tsr --request head.tsq --ca tsa-root.pem");
}

void add_add(App& app, CLI::App* group) {
  const auto options = std::make_shared<AddOptions>();
  CLI::App* const command = app.command(group, "add", "Keep a timestamp, after verifying it",
                                        [options](Run& run) { return add(run, *options); });
  command->add_option("file", options->file, "An authority's answer (.tsr), or its bare token")
      ->required()
      ->type_name("FILE");
  command->add_option("--request", options->request, "Compare with this request, and its nonce")
      ->type_name("FILE");
  command
      ->add_option("--ca", options->ca,
                   "Refuse it unless these certificates vouch for the authority (PEM)")
      ->type_name("FILE");
  add_keeping_options(command, *options);
}

void add_get(App& app, CLI::App* group) {
  const auto options = std::make_shared<GetOptions>();
  CLI::App* const command =
      app.command(group, "get", "Ask an authority for a timestamp, verify it and keep it",
                  [options](Run& run) { return get(run, *options); });
  command->add_option("--url", options->url, "Where the authority answers")
      ->required()
      ->type_name("URL");
  command
      ->add_option("--ca", options->keeping.ca, "Certificates that vouch for the authority (PEM)")
      ->required()
      ->type_name("FILE");
  add_at_option(command, options->at);
  command->add_option("--timeout", options->timeout_s, "Give up after this long [30]")
      ->check(CLI::Range(1U, 600U).description(""))
      ->type_name("SECONDS");
  add_keeping_options(command, options->keeping);
  app.describe(
      command,
      "What is sent is the SHA-256 of the checkpoint's text, and nothing else of the log.\n\n"
      "Example:\n"
      "  assay timestamp get --url http://tsa.example/ --ca tsa-root.pem");
}

}  // namespace

void add_timestamp(App& app) {
  CLI::App* const group =
      app.group("timestamp", "Have checkpoints stamped by an authority (RFC 3161)");
  add_request(app, group);
  add_add(app, group);
  add_get(app, group);

  const auto listing = std::make_shared<JudgeOptions>();
  CLI::App* const list_command = app.command(group, "list", "List the timestamps that are kept",
                                             [listing](Run& run) { return list(run, *listing); });
  add_at_option(list_command, listing->at);

  const auto verifying = std::make_shared<JudgeOptions>();
  CLI::App* const verify_command =
      app.command(group, "verify", "Verify the timestamps that are kept",
                  [verifying](Run& run) { return verify_all(run, *verifying); });
  verify_command->add_option("--ca", verifying->ca, "Certificates that you trust (PEM)")
      ->required()
      ->type_name("FILE");
  add_at_option(verify_command, verifying->at);
  app.describe(
      verify_command,
      "Each is judged at its own time, so that it is good also after the authority's\n"
      "certificate has expired. Exit code 12 where one is wrong, 16 where none is proved.\n"
      "Every certificate in FILE is trusted. With openssl alone, of a checkpoint's text:\n"
      "  openssl ts -verify -data TEXT -in FILE.tsr -CAfile tsa-root.pem -attime SECONDS");
}

}  // namespace assay::cli
