#include "cli/session/outbox.hpp"

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/session/file_io.hpp"
#include "keys/posix_file.hpp"
#include "ledger/base/encoding.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kSuffix = ".dsse";
constexpr std::string_view kRefusedSuffix = ".refused";
constexpr std::size_t kDigits = 16;
constexpr std::size_t kFileSizeBytes = 1'048'576;

/// The sequence number in a file name of ours; nothing for any other file.
std::optional<std::uint64_t> sequence_of(const std::string& name) {
  if (name.size() != kDigits + kSuffix.size() || !name.ends_with(kSuffix)) return std::nullopt;
  const std::size_t first = std::min(name.find_first_not_of('0'), kDigits - 1);
  const auto number = parse_decimal(std::string_view(name).substr(first, kDigits - first));
  return number ? std::optional(*number) : std::nullopt;
}

}  // namespace

Outbox::Outbox(const std::string& key_directory, const std::string& key_name, const Hash& log)
    : directory_(key_directory + "/" + key_name + ".outbox/" + log.hex()) {}

std::string Outbox::path_of(std::uint64_t sequence, std::string_view suffix) const {
  return fmt::format("{}/{:016}{}", directory_, sequence, suffix);
}

Status Outbox::make_directories() const {
  ASSAY_CHECK(keys::make_directory(std::filesystem::path(directory_).parent_path().string()));
  return keys::make_directory(directory_);
}

Status Outbox::put(std::uint64_t sequence, const Envelope& envelope) const {
  constexpr mode_t kMode = 0600;
  ASSAY_CHECK(make_directories());
  const std::filesystem::path path(path_of(sequence, kSuffix));
  return keys::create_file(directory_, path.filename().string(), format_envelope(envelope), kMode);
}

Status Outbox::put_refusal(std::uint64_t sequence, const Envelope& refusal) const {
  ASSAY_CHECK(make_directories());
  return write_file(path_of(sequence, kRefusedSuffix), format_envelope(refusal), true);
}

Result<std::optional<Hash>> Outbox::refused(std::uint64_t sequence) const {
  const auto text = read_file(path_of(sequence, kRefusedSuffix), kFileSizeBytes);
  if (!text && text.error().code == Errc::not_found) return std::nullopt;
  if (!text) return std::unexpected(text.error());
  ASSAY_TRY(const Envelope envelope, parse_envelope(*text));
  const auto refusal = nlohmann::json::parse(envelope.payload, nullptr, false);
  if (!refusal.is_object() || !refusal.contains("submission") ||
      !refusal["submission"].is_string()) {
    return fail(Errc::malformed, path_of(sequence, kRefusedSuffix) + " is not a refusal");
  }
  ASSAY_TRY(const Hash digest, Hash::from_hex(refusal["submission"].get<std::string>()));
  return digest;
}

Status Outbox::settle(std::uint64_t sequence) const {
  std::error_code error;
  std::filesystem::remove(path_of(sequence, kSuffix), error);
  if (error)
    return fail(Errc::io, "cannot remove " + path_of(sequence, kSuffix) + ": " + error.message());
  return {};
}

Result<std::vector<Unsettled>> Outbox::unsettled() const {
  std::vector<Unsettled> found;
  std::error_code error;
  if (!std::filesystem::is_directory(directory_, error)) return found;
  for (const auto& file : std::filesystem::directory_iterator(directory_, error)) {
    const auto sequence = sequence_of(file.path().filename().string());
    if (!sequence) continue;
    ASSAY_TRY(const std::string text, read_file(file.path().string(), kFileSizeBytes));
    ASSAY_TRY(Envelope envelope, parse_envelope(text));
    found.push_back({*sequence, std::move(envelope), file.path().string()});
  }
  if (error) return fail(Errc::io, "cannot list " + directory_ + ": " + error.message());
  std::sort(found.begin(), found.end(),
            [](const Unsettled& a, const Unsettled& b) { return a.sequence < b.sequence; });
  return found;
}

}  // namespace assay::cli
