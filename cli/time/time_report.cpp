#include "cli/time/time_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/exit_code.hpp"
#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

constexpr const char* kNotLookedAt[] = {
    "whether an authority's certificate was revoked",
    "whether an authority's key is still its own after its certificate ended"};

std::string verdict_mark(const Run& run, verify::Verdict verdict) {
  switch (verdict) {
    case verify::Verdict::proved: return run.out.green("✓ proved     ");
    case verify::Verdict::failed: return run.out.red("✗ failed     ");
    default: return run.out.dim("- not checked");
  }
}

}  // namespace

Json timestamp_json(const JudgedTimestamp& judged) {
  Json json = {{"size", judged.size},
               {"digest", judged.digest.hex()},
               {"verdict", enum_text(judged.verdict)},
               {"sentence", judged.sentence}};
  if (!judged.contradiction.empty()) json["contradiction"] = judged.contradiction;
  if (judged.stamp) {
    const keys::VerifiedTimestamp& stamp = *judged.stamp;
    json["time"] = stamp.token.time.text();
    json["not_after"] = stamp.token.latest().text();
    json["authority"] = stamp.authority;
    json["certificate"] = stamp.certificate.hex();
    json["certificate_ends"] = stamp.certificate_ends.text();
    json["policy"] = stamp.token.policy;
    json["serial"] = stamp.token.serial;
  }
  return json;
}

verify::Verdict time_verdict(const std::vector<JudgedTimestamp>& all) {
  const auto any = [&](verify::Verdict verdict) {
    return std::ranges::any_of(
        all, [&](const JudgedTimestamp& judged) { return judged.verdict == verdict; });
  };
  if (any(verify::Verdict::failed)) return verify::Verdict::failed;
  return any(verify::Verdict::proved) ? verify::Verdict::proved : verify::Verdict::not_checked;
}

void show_times(const Run& run, const std::vector<JudgedTimestamp>& all, bool asked) {
  if (all.empty() && !asked) return;
  run.out.line();
  run.out.line("Timestamps by authorities:");
  if (all.empty()) run.out.line("- not checked  no timestamp is kept");
  Json timestamps = Json::array();
  for (const JudgedTimestamp& judged : all) {
    run.out.line(fmt::format("{}  size {:<11}  {}", verdict_mark(run, judged.verdict), judged.size,
                             shown(judged.sentence)));
    if (!judged.contradiction.empty()) {
      run.out.line(run.out.yellow("               " + judged.contradiction));
    }
    timestamps.push_back(timestamp_json(judged));
  }
  Json not_checked = Json::array();
  for (const char* const what : kNotLookedAt) not_checked.push_back(what);
  if (!all.empty()) {
    run.out.line(
        fmt::format("Not checked of any of them: {}; {}.", kNotLookedAt[0], kNotLookedAt[1]));
  }
  run.out.member("time") = {{"verdict", enum_text(time_verdict(all))},
                            {"timestamps", std::move(timestamps)},
                            {"not_checked", std::move(not_checked)}};
}

int exit_code_with_times(int code, const std::vector<JudgedTimestamp>& all, bool asked) {
  constexpr int kSignature = static_cast<int>(ExitCode::signature);
  constexpr int kIncomplete = static_cast<int>(ExitCode::incomplete);
  const verify::Verdict verdict = time_verdict(all);
  if (verdict == verify::Verdict::failed) {
    return code == 0 ? kSignature : std::min(code, kSignature);
  }
  return asked && code == 0 && verdict != verify::Verdict::proved ? kIncomplete : code;
}

}  // namespace assay::cli
