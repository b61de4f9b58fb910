#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/event_options.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/recording.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/format/dsse.hpp"

namespace assay::cli {
namespace {

struct DraftOptions {
  EventOptions events;
  std::string key;
  std::string output;
};

struct SignOptions {
  std::string file;
  std::string key;
  std::string output;
  bool dry_run = false;
};

struct SubmitOptions {
  std::string file;
  bool dry_run = false;
  WriteOptions write;
};

/// A key's id, given as hex or as the name of a public key here.
Result<Hash> key_id_of(const Run& run, const std::string& key) {
  if (const auto id = Hash::from_hex(key)) return *id;
  ASSAY_TRY(const auto verifier, keys::load_public_key(run.globals.keys, key));
  return verifier->key_id();
}

Status deliver(Run& run, const std::string& path, const Envelope& envelope) {
  const std::string text = format_envelope(envelope);
  if (path.empty() || path == "-") {
    run.out.raw(text);
    run.out.member("envelope") = Json::parse(text);
    return {};
  }
  ASSAY_CHECK(write_file(path, text, true));
  run.out.line("wrote " + path);
  run.out.member("file") = path;
  return {};
}

Result<int> draft(Run& run, const DraftOptions& options) {
  ASSAY_CHECK(check_event_options(options.events));
  ASSAY_TRY(const std::vector<std::string> events, read_events(run, options.events));
  ASSAY_TRY(const Hash key, key_id_of(run, options.key));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  ASSAY_TRY(const verify::StreamHead stream, session.stream_head(key));
  if (into_submissions(events).size() > 1) {
    return fail(Errc::limit, "these events do not fit one submission",
                "draft them in several files, and sign and submit one after the other");
  }
  SubmissionDraft submission;
  submission.key = key;
  submission.sequence = stream.count;
  submission.previous = stream.last;
  submission.events = events;
  submission.log = session.log_id().hex();
  submission.seen = Seen{session.head().root, session.head().size};
  submission.id = options.events.submission_id.empty() ? random_uuid(run.context)
                                                       : options.events.submission_id;
  ASSAY_TRY(submission.expect, read_expectations(options.events));
  ASSAY_TRY(std::string bytes, format_submission(submission));
  ASSAY_CHECK(deliver(run, options.output, {std::string(kSubmissionPayloadType), bytes, {}}));
  run.out.note(fmt::format("drafted submission {} of key {}…; sign it where the key is: assay sign",
                           stream.count, key.hex().substr(0, 16)));
  return 0;
}

/// What somebody is about to sign, in words.
void show_submission(Run& run, const SubmissionView& view) {
  run.out.note(fmt::format("submission {} of key {}…, log {}", view.sequence,
                           view.key.hex().substr(0, 16), view.log));
  for (const EventView& event : view.events) {
    run.out.note(
        fmt::format("  {}  {}  {}", event.type, shown(event.subject), shown(event.data, 160)));
  }
}

/// The log id, or the origin's hash where the draft is of entry 0.
Hash log_of(const SubmissionView& view) {
  const auto id = Hash::from_hex(view.log);
  return id ? *id : origin_hash(view.log);
}

/// --dry-run: what the key's own record says, without unlocking the key.
Result<int> try_sign(Run& run, const SignOptions& options, const Envelope& envelope,
                     const SubmissionView& view) {
  ASSAY_TRY(const auto verifier, keys::load_public_key(run.globals.keys, options.key));
  ASSAY_TRY(const verify::StreamHead own,
            peek_stream(run, options.key, verifier->key_id(), log_of(view)));
  ASSAY_CHECK(check_drafted(envelope.payload, verifier->key_id(), own));
  run.out.line(fmt::format("would sign submission {} with key {}; nothing was signed or written",
                           view.sequence, options.key));
  run.out.member("dry_run") = true;
  return 0;
}

Result<int> sign(Run& run, const SignOptions& options) {
  ASSAY_TRY(const std::string text, read_input(run.context.in, options.file, kEnvelopeSizeBytes));
  ASSAY_TRY(Envelope envelope, parse_envelope(text));
  if (envelope.payload_type != kSubmissionPayloadType) {
    return fail(Errc::malformed, "the payload type is " + shown(envelope.payload_type) +
                                     ", not that of a submission");
  }
  SubmissionView view;
  ASSAY_CHECK(parse_submission(envelope.payload, view));
  // Nobody should sign what this program cannot show in full.
  for (const EventView& event : view.events) {
    const auto known = decode_event(event.type, event.version, event.data);
    if (!known) return std::unexpected(as_refused_input(known.error()));
  }
  show_submission(run, view);
  if (options.dry_run) return try_sign(run, options, envelope, view);
  ASSAY_TRY(Author author,
            Author::open(run, options.key, run.globals.passphrase_from, log_of(view)));
  ASSAY_TRY(EntrySignature signature, author.sign_drafted(envelope.payload));
  std::erase_if(envelope.signatures,
                [&](const EntrySignature& present) { return present.key == signature.key; });
  envelope.signatures.push_back(std::move(signature));
  ASSAY_CHECK(deliver(run, options.output.empty() ? options.file : options.output, envelope));
  run.out.note("signed; hand it in with: assay submit");
  return 0;
}

Result<int> try_submission(Run& run, const Envelope& envelope, const SubmitOptions& options) {
  ASSAY_TRY(LedgerSession session, LedgerSession::trial(run, options.write));
  const auto receipt = session.append(envelope);
  if (!receipt) return std::unexpected(as_refused_input(receipt.error()));
  run.out.line(receipt->duplicate
                   ? fmt::format("is entry {} already; nothing was written", receipt->index)
                   : fmt::format("would become entry {}; nothing was written", receipt->index));
  run.out.member("dry_run") = true;
  run.out.member("entry") = receipt->index;
  return 0;
}

Result<int> submit(Run& run, const SubmitOptions& options) {
  ASSAY_TRY(const std::string text, read_input(run.context.in, options.file, kEnvelopeSizeBytes));
  ASSAY_TRY(const Envelope envelope, parse_envelope(text));
  if (envelope.signatures.empty()) {
    return fail(Errc::rejected, "the submission is not signed", "sign it first: assay sign");
  }
  if (options.dry_run) return try_submission(run, envelope, options);
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  const auto receipt = session.append(envelope);
  if (!receipt) {
    // The author needs the log's word for it before the sequence number may be signed again.
    if (const auto refusal = session.refusal(envelope.payload, receipt.error())) {
      run.out.member("refusal") = Json::parse(format_envelope(*refusal));
    }
    return std::unexpected(as_refused_input(receipt.error()));
  }
  SubmissionView view;
  ASSAY_CHECK(parse_submission(envelope.payload, view));
  std::vector<std::string> events;
  for (const EventView& event : view.events) events.emplace_back(event.bytes);
  show_receipts(run, {{*receipt}, {events.size()}}, events);
  run.out.member("ledger") = session.summary();
  return 0;
}

}  // namespace

void add_draft(App& app) {
  const auto drafting = std::make_shared<DraftOptions>();
  CLI::App* const draft_command =
      app.command(nullptr, "draft", "Write a submission for somebody to sign elsewhere",
                  [drafting](Run& run) { return draft(run, *drafting); });
  add_event_options(draft_command, drafting->events);
  draft_command->add_option("--key", drafting->key, "Who will sign: a key id, or a public key here")
      ->required()
      ->type_name("KEY");
  draft_command->add_option("-o,--output", drafting->output, "Write here [standard output]")
      ->type_name("FILE");
  app.describe(draft_command,
               "The three steps, on two machines:\n"
               "  assay draft tag_position_recorded -f position.json --key tag-sec -o draft.dsse\n"
               "  assay sign draft.dsse --key tag-sec          # where the key is\n"
               "  assay submit draft.dsse");

  const auto signing = std::make_shared<SignOptions>();
  CLI::App* const sign_command =
      app.command(nullptr, "sign", "Sign a drafted submission with a key of this machine",
                  [signing](Run& run) { return sign(run, *signing); });
  sign_command->add_option("file", signing->file, "The draft")->required()->type_name("FILE");
  sign_command->add_option("--key", signing->key, "Key that signs")->required()->type_name("NAME");
  sign_command->add_option("-o,--output", signing->output, "Write here [the same file]")
      ->type_name("FILE");
  sign_command->add_flag("--dry-run", signing->dry_run, "Check everything, sign and write nothing");

  const auto submitting = std::make_shared<SubmitOptions>();
  CLI::App* const submit_command =
      app.command(nullptr, "submit", "Hand a signed submission in to the log",
                  [submitting](Run& run) { return submit(run, *submitting); });
  submit_command->add_option("file", submitting->file, "The signed submission, or -")
      ->required()
      ->type_name("FILE");
  submit_command->add_flag("--dry-run", submitting->dry_run, "Check everything, write nothing");
  add_write_options(submit_command, submitting->write);
}

}  // namespace assay::cli
