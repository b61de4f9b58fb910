#include "cli/session/pin_file.hpp"

#include <cerrno>
#include <fcntl.h>

#include "cli/assess/fold_cache.hpp"
#include "cli/session/file_io.hpp"

namespace assay::cli {

Status keep_pin(const std::string& file, const Verified& verified, const verify::Source& source) {
  if (!verified.report.sealed || !verified.report.log_id) {
    return fail(Errc::invalid_argument, "nothing was verified that could be pinned");
  }
  const verify::Report::Sealed& sealed = *verified.report.sealed;
  ASSAY_TRY(const verify::Pin pin,
            verify::make_pin(sealed.note, *verified.report.log_id, sealed.digests));
  // The states are those of all entries; the pin is about the checkpoint.
  FoldCache folds(source, verified.fold);
  ASSAY_TRY(const projections::ProgrammeFold* const fold, folds.at(sealed.head.size));
  // The state first: a pin whose state is of another run would only cost a full verification.
  ASSAY_CHECK(write_file(state_file_of(file), format_state_file(sealed.state, *fold), true));
  return write_file(file, verify::format_pin(pin), true);
}

Result<keys::FileDescriptor> lock_pin(const std::string& file) {
  const std::string path = file + ".lock";
  keys::FileDescriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (lock.get() < 0) return std::unexpected(keys::system_error(errno, "open", path));
  ASSAY_CHECK(keys::lock_exclusive(lock, path, 0, "another run of the monitor has this pin"));
  return lock;
}

}  // namespace assay::cli
