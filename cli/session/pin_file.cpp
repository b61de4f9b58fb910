#include "cli/session/pin_file.hpp"

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

}  // namespace assay::cli
