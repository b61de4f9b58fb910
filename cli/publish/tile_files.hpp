#pragma once

/// The tiles and entry bundles of a log as files (C2SP tlog-tiles), for whoever writes them
/// somewhere. Thread word: pure but for the store, which is only read.

#include <functional>
#include <string>
#include <string_view>

#include "ledger/store/store.hpp"

namespace assay::cli {

/// Takes the file `name`; `name` is a path as merkle/tile_path.hpp has it.
using FileSink = std::function<Status(const std::string& name, std::string_view bytes)>;

/// Hands over every entry bundle and every tile of the log's first `size` entries: bundles first,
/// then tiles by level. `done` is told how many entries are in the bundles so far.
/// Errors: those of the store and of `sink`.
[[nodiscard]] Status each_tile_file(const store::Store& store, std::uint64_t size,
                                    const FileSink& sink,
                                    const std::function<void(std::uint64_t done)>& done);

}  // namespace assay::cli
