#include <filesystem>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/pin/qr.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/open_to_verify.hpp"
#include "cli/session/pin_file.hpp"
#include "cli/session/verification.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/time/time_report.hpp"
#include "ledger/base/words.hpp"
#include "ledger/verify/paper_pin.hpp"

namespace assay::cli {
namespace {

struct PinOptions {
  bool qr = false;
  bool force = false;
  std::string qr_svg;
  std::string file;
  std::string log_id;
  std::string from;
  std::string at;
};

/// The head as it can stand in the minutes of a meeting: words, one line, and the line as a QR
/// code.
Result<Json> show_paper(Run& run, const PinOptions& options, const verify::PaperPin& pin) {
  ASSAY_TRY(const Hash digest, verify::head_digest(pin.origin, pin.head));
  ASSAY_TRY(const std::string text, verify::format_paper_pin(pin));
  run.out.line("  in words  " + words_of(digest));
  run.out.line("  on paper  " + shown(text));
  Json answer = {{"words", words_of(digest)}, {"text", text}};
  if (!options.qr && options.qr_svg.empty()) return answer;
  ASSAY_TRY(const QrCode code, make_qr(text));
  if (options.qr && !run.out.json()) {
    run.out.line();
    run.out.raw(qr_text(code, run.out.colour()));
  }
  if (options.qr_svg.empty()) return answer;
  ASSAY_CHECK(write_file(options.qr_svg, qr_svg(code), true));
  run.out.line(fmt::format("wrote {}: the same line as a QR code", options.qr_svg));
  answer["qr_svg"] = options.qr_svg;
  return answer;
}

/// A pin that is there already is replaced by one of the same log that covers as much, and by none
/// else: it may be all that shows that the log was rolled back.
Status compare_with_old_pin(const PinOptions& options, VerificationOptions& verification) {
  std::error_code unknown;
  if (options.force || !std::filesystem::is_regular_file(options.file, unknown)) return {};
  ASSAY_TRY(const std::string text, read_file(options.file, kPinSizeBytes));
  const bool moved_on = options.from.empty() || options.from == options.file;
  if (!verify::parse_pin(text) || !moved_on || !options.at.empty()) {
    return fail(Errc::conflict, options.file + " is there already",
                "write to another file, or replace it with --force");
  }
  if (!options.from.empty()) return {};
  verification.pin_file = options.file;
  verification.from_start = true;
  return {};
}

Result<int> make_pin(Run& run, const PinOptions& options) {
  VerificationOptions verification;
  verification.log_id = options.log_id;
  verification.pin_file = options.from;
  verification.at = options.at;
  ASSAY_CHECK(compare_with_old_pin(options, verification));
  ASSAY_TRY(const OpenedLog opened, open_to_verify(run));
  ASSAY_TRY(const Verified verified, run_verification(run, verification, *opened.log));
  if (!verified.report.sealed) {
    show_report(run, verified);
    run.out.warn("no pin was made: it would vouch for a log that did not verify");
    const int code = verify::exit_code(verified.report);
    return code != 0 ? code : static_cast<int>(ExitCode::incomplete);
  }
  if (time_verdict(verified.times) == verify::Verdict::failed) {
    show_times(run, verified.times, false);
    run.out.warn("no pin was made: a timestamp over the log is wrong");
    return exit_code_with_times(0, verified.times, false);
  }
  ASSAY_CHECK(verified.released);
  const verify::Report::Sealed& sealed = *verified.report.sealed;
  ASSAY_CHECK(keep_pin(options.file, verified, opened.log->source({})));
  run.out.line(fmt::format("wrote {}: {} entries, root {}", options.file, sealed.head.size,
                           sealed.head.root.hex()));
  ASSAY_TRY(
      Json answer,
      show_paper(run, options, {verified.report.origin, sealed.head, *verified.report.log_id}));
  run.out.line(
      fmt::format("  keep it where this log's operator cannot reach it; next time: assay "
                  "verify --pin {}",
                  options.file));
  answer["file"] = options.file;
  answer["size"] = sealed.head.size;
  answer["root"] = sealed.head.root.hex();
  answer["log_id"] = verified.report.log_id->hex();
  run.out.member("pin") = std::move(answer);
  return 0;
}

}  // namespace

void add_pin(App& app) {
  const auto options = std::make_shared<PinOptions>();
  CLI::App* const command = app.command(nullptr, "pin", "Verify, and keep the head for next time",
                                        [options](Run& run) { return make_pin(run, *options); });
  command->add_option("file", options->file, "Where the pin is kept")
      ->required()
      ->type_name("FILE");
  command->add_option("--log-id", options->log_id, "Which log it must be: hex, or twelve words")
      ->type_name("ID");
  command->add_flag("--qr", options->qr, "Show the head as a QR code, too");
  command->add_option("--qr-svg", options->qr_svg, "Write the QR code as an SVG image")
      ->type_name("FILE");
  command->add_option("--from", options->from, "An earlier pin to go on from")->type_name("FILE");
  command->add_flag("--force", options->force, "Replace FILE even by a pin that it contradicts");
  add_at_option(command, options->at);
  app.describe(
      command,
      "A pin is worth what it is kept apart from: hold it outside the reach of whoever runs\n"
      "the log. `assay verify --pin FILE` then proves that nothing before it was rewritten.\n"
      "A pin that is there already is compared first, and kept where the log contradicts it.\n\n"
      "The line and the words that it prints can stand in the minutes of a meeting instead:\n"
      "  assay verify --pin-text 'assay-pin/1 …'\n"
      "  assay verify --pin-words 'twelve words …'");
}

}  // namespace assay::cli
