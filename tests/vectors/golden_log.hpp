#pragma once

/// The golden log: a small whole log with everything in it that a verifier has to judge, as files.
/// `tests/vectors/log/README.md` says what happens in it and what lies where. Keys, times and ids
/// are fixed, so that every byte can be made again.

#include <filesystem>
#include <map>
#include <string>

#include "tests/support/memory_source.hpp"

namespace assay::testing {

/// Path below the folder → bytes.
using GoldenFiles = std::map<std::string, std::string>;

/// Everything the folder holds but what people wrote in it. ECDSA signatures are another in each
/// run, so they, and their key, are taken from the entries that lie in `folder`; where there are
/// none, a new key makes new ones. Aborts where the story asks for a signature that is not there.
[[nodiscard]] GoldenFiles golden_files(const std::filesystem::path& folder);

/// True for the files that follow the programme's states and change with them; all others never do.
[[nodiscard]] bool is_state_file(const std::string& path);

/// Entries, checkpoints and evidence of such a folder, or of an altered copy. Throws
/// std::runtime_error where a file cannot be read.
[[nodiscard]] MemoryLog read_golden_log(const std::filesystem::path& folder);

/// The bytes of a file. Throws std::runtime_error.
[[nodiscard]] std::string read_golden_file(const std::filesystem::path& file);

}  // namespace assay::testing
