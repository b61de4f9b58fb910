#include <algorithm>
#include <filesystem>

#include "cli/drill/drills.hpp"
#include "cli/session/file_io.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/merkle/tile_path.hpp"

namespace assay::cli {
namespace {

using verify::Claim;
namespace fs = std::filesystem;

/// Of a file that a drill changes; a larger one is left alone.
constexpr std::size_t kFileSizeBytes = 64U << 20U;

using Change = std::function<Status(std::string& bytes)>;

/// A drill's damage that changes the bytes of one file.
std::function<Status(const std::string&)> change(const std::string& name, Change how) {
  return [name, how = std::move(how)](const std::string& directory) -> Status {
    if (name.empty()) return fail(Errc::not_found, "there is no such file in what is published");
    ASSAY_TRY(std::string bytes, read_file(directory + "/" + name, kFileSizeBytes));
    ASSAY_CHECK(how(bytes));
    return write_file(directory + "/" + name, bytes, true);
  };
}

Status flip_middle(std::string& bytes) {
  if (bytes.empty()) return fail(Errc::not_found, "the file is empty: there is no byte to change");
  char& byte = bytes[bytes.size() / 2];
  byte = static_cast<char>(byte ^ 1);
  return {};
}

/// The text stays canonical, and only its meaning changes.
Status change_digit(std::string& bytes) {
  const std::size_t at = bytes.find_first_of("0123456789", bytes.size() / 2);
  if (at == std::string::npos) return fail(Errc::not_found, "no digit to change in that file");
  bytes[at] = bytes[at] == '8' ? '9' : '8';
  return {};
}

Status change_signature(std::string& bytes) {
  constexpr std::string_view kMember = "\"signature\":\"";
  const std::size_t member = bytes.rfind(kMember);
  if (member == std::string::npos) return fail(Errc::not_found, "no signature in that file");
  char& byte = bytes[member + kMember.size() + 20];
  byte = byte == 'A' ? 'B' : 'A';
  return {};
}

/// The first character of the third line is one of the root's.
Status change_root(std::string& bytes) {
  const std::size_t size_line = bytes.find('\n') + 1;
  const std::size_t root_line = bytes.find('\n', size_line) + 1;
  bytes[root_line] = bytes[root_line] == 'A' ? 'B' : 'A';
  return {};
}

Status cut_off(std::string& bytes) {
  bytes.resize(bytes.size() - std::min<std::size_t>(bytes.size(), 7));
  return {};
}

/// The names in a folder of the directory, in ascending order; none where there is no such folder.
std::vector<std::string> names_in(const std::string& directory, const std::string& folder) {
  std::vector<std::string> names;
  std::error_code unknown;
  for (const auto& file : fs::directory_iterator(directory + "/" + folder, unknown)) {
    names.push_back(folder + "/" + file.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

/// Everything that was published after an earlier checkpoint is taken back, as far as one can
/// without a key.
std::function<Status(const std::string&)> put_back(const std::vector<std::uint64_t>& sizes) {
  return [sizes](const std::string& directory) -> Status {
    if (sizes.size() < 2) return fail(Errc::not_found, "there is no earlier checkpoint");
    const std::string earlier = "checkpoints/" + std::to_string(sizes[sizes.size() - 2]);
    ASSAY_TRY(const std::string note, read_file(directory + "/" + earlier, kFileSizeBytes));
    std::error_code error;
    fs::remove(directory + "/checkpoints/" + std::to_string(sizes.back()), error);
    return write_file(directory + "/checkpoint", note, true);
  };
}

}  // namespace

Result<std::vector<PublishedDrill>> published_drills_for(const std::string& directory,
                                                         std::uint64_t size) {
  ASSAY_TRY(const merkle::TileId tile, merkle::tile_in(0, (size - 1) / merkle::kTileWidth, size));
  const std::string entries = merkle::format_bundle_path({tile.index, tile.width});
  const auto first_of = [&](const std::string& folder) {
    const std::vector<std::string> names = names_in(directory, folder);
    return names.empty() ? std::string() : names.front();
  };
  std::vector<std::uint64_t> sizes;
  for (const std::string& name : names_in(directory, "checkpoints")) {
    if (const auto stated = parse_decimal(name.substr(name.find('/') + 1))) {
      sizes.push_back(*stated);
    }
  }
  std::ranges::sort(sizes);
  const std::string states = first_of("states/" + std::to_string(size));
  return std::vector<PublishedDrill>{
      {{"entry", "a digit in " + entries + " is changed", change(entries, change_digit),
        Claim::tree},
       true},
      {{"hash", "a hash in a tile is changed", change(merkle::format_tile_path(tile), flip_middle),
        Claim::tree},
       true},
      {{"signature", "a signature of the newest entry is changed",
        change(entries, change_signature), Claim::author_signatures},
       true},
      {{"evidence", "a byte of an evidence file is changed",
        change(first_of("evidence"), flip_middle), Claim::evidence_files},
       true},
      {{"projection", "a state that is published beside the log is changed",
        change(states, flip_middle), Claim::projections},
       false},
      {{"checkpoint", "the newest checkpoint states another root",
        change("checkpoint", change_root), Claim::log_signature},
       true},
      {{"truncation", "the end of the newest entries is cut off", change(entries, cut_off),
        Claim::canonical_bytes},
       true},
      {{"rollback", "an earlier checkpoint is put in the newest one's place", put_back(sizes),
        Claim::pin},
       false}};
}

}  // namespace assay::cli
