#include "cli/time/published_timestamps.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/note.hpp"
#include "ledger/verify/publication.hpp"

namespace assay::cli {
namespace {

constexpr const char* kFolder = "timestamps";
constexpr std::string_view kEnding = ".tsr";

/// The folder's sizes, in ascending order.
Result<std::vector<std::uint64_t>> sizes_in(const verify::FileTree& files) {
  std::vector<std::uint64_t> sizes;
  ASSAY_TRY(const auto names, files.list(kFolder));
  for (const std::string& name : names.value_or(std::vector<std::string>())) {
    const auto size = parse_decimal(name);
    if (!size) return fail(Errc::rejected, "timestamps/" + name + " is named after no log size");
    sizes.push_back(*size);
  }
  std::ranges::sort(sizes);
  return sizes;
}

Status visit_one(const verify::FileTree& files, std::uint64_t size, const Hash& digest,
                 const TimestampSource::Visit& visit) {
  ASSAY_TRY(std::string response,
            files.read(timestamp_name(size, digest), keys::kTimestampSizeBytes));
  return visit(store::StoredTimestamp{size, digest, std::move(response)});
}

/// Those that publication.json names. One that is not there could not be looked at; where that file
/// itself is not there, or not of its form, the claim `tree` says so.
Status visit_named(const verify::FileTree& files, const TimestampSource::Visit& visit) {
  const auto text = files.read("publication.json", verify::kPublicationSizeBytes);
  if (!text && text.error().code != Errc::not_found && text.error().code != Errc::limit) {
    return std::unexpected(text.error());
  }
  const auto publication = text ? verify::parse_publication(*text) : std::unexpected(text.error());
  if (!publication) return {};
  for (const verify::PublishedTimestamp& one : publication->timestamps) {
    Status visited = visit_one(files, one.size, one.digest, visit);
    if (!visited && visited.error().code == Errc::not_found) visited.error().code = Errc::io;
    ASSAY_CHECK(visited);
  }
  return {};
}

Status visit_size(const verify::FileTree& files, std::uint64_t size,
                  const TimestampSource::Visit& visit) {
  const std::string folder = kFolder + ("/" + std::to_string(size));
  ASSAY_TRY(const auto names, files.list(folder));
  for (const std::string& name : names.value_or(std::vector<std::string>())) {
    const std::string stem = name.substr(0, name.size() - std::min(name.size(), kEnding.size()));
    const auto digest = Hash::from_hex(stem);
    if (!digest || !name.ends_with(kEnding)) {
      return fail(Errc::rejected, folder + "/" + name + " is named after no digest");
    }
    ASSAY_CHECK(visit_one(files, size, *digest, visit));
  }
  return {};
}

std::optional<std::uint64_t> size_stated_in(const std::string& note) {
  const auto parsed = parse_note(note);
  const auto stated = parsed ? parse_checkpoint(parsed->text) : std::unexpected(parsed.error());
  return stated ? std::optional(stated->size) : std::nullopt;
}

}  // namespace

std::string timestamp_name(std::uint64_t size, const Hash& digest) {
  return std::string(kFolder) + "/" + std::to_string(size) + "/" + digest.hex() +
         std::string(kEnding);
}

TimestampSource timestamps_in(const verify::FileTree& files) {
  return {[&files](const TimestampSource::Visit& visit) -> Status {
            ASSAY_TRY(const auto listed, files.list(kFolder));
            if (!listed) return visit_named(files, visit);
            ASSAY_TRY(const std::vector<std::uint64_t> sizes, sizes_in(files));
            for (const std::uint64_t size : sizes) ASSAY_CHECK(visit_size(files, size, visit));
            return {};
          },
          [&files](std::uint64_t size) -> Result<std::string> {
            auto note = files.read("checkpoints/" + std::to_string(size), limits::kNoteSizeBytes);
            if (note || note.error().code != Errc::not_found) return note;
            // The newest stands there a moment after it stands here.
            auto newest = files.read("checkpoint", limits::kNoteSizeBytes);
            return newest && size_stated_in(*newest) == size ? newest : note;
          }};
}

}  // namespace assay::cli
