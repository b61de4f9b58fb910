#include "cli/session/other_program.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/session/child_process.hpp"

namespace assay::cli {
namespace {

/// An answer has a few digests and the parties and keys of a programme.
constexpr std::size_t kAnswerSizeBytes = 256U << 20U;

Result<std::string> answer_of(const std::vector<std::string>& arguments) {
  ASSAY_TRY(ChildAnswer answer, run_child(arguments, kAnswerSizeBytes));
  if (answer.exit_code == 0) return std::move(answer.output);
  return fail(Errc::unsupported, "it ended with exit code " + std::to_string(answer.exit_code));
}

std::optional<projections::StateDigest> digest_from(const Json& row) {
  const auto text = [&](const char* name) {
    const auto found = row.find(name);
    return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto digest = Hash::from_hex(text("digest"));
  const auto version = row.find("version");
  if (!digest || text("projection").empty() || version == row.end() ||
      !version->is_number_unsigned()) {
    return std::nullopt;
  }
  return projections::StateDigest{*digest, text("projection"), version->get<std::uint64_t>()};
}

Result<std::vector<projections::StateDigest>> digests_in(const std::string& answer) {
  const Json parsed = Json::parse(answer, nullptr, false);
  const auto rows = parsed.is_object() ? parsed.find("state_digests") : parsed.end();
  if (!parsed.is_object() || rows == parsed.end() || !rows->is_array() || rows->empty()) {
    return fail(Errc::unsupported, "its answer has no digests of states");
  }
  std::vector<projections::StateDigest> digests;
  for (const Json& row : *rows) {
    const auto digest = row.is_object() ? digest_from(row) : std::nullopt;
    if (!digest) return fail(Errc::unsupported, "a digest in its answer is none");
    digests.push_back(*digest);
  }
  std::ranges::sort(digests, {}, &projections::StateDigest::name);
  return digests;
}

}  // namespace

Result<std::vector<projections::StateDigest>> digests_of(const Run& run, const std::string& program,
                                                         std::uint64_t size) {
  const std::string context = fmt::format("{} at size {}", program, size);
  auto answer = answer_of({program, "--ledger", run.globals.ledger, "--keys", run.globals.keys,
                           "state", "programme", "--at", std::to_string(size), "--json"});
  if (!answer) return std::unexpected(std::move(answer).error().in(context));
  auto digests = digests_in(*answer);
  if (!digests) return std::unexpected(std::move(digests).error().in(context));
  return digests;
}

}  // namespace assay::cli
