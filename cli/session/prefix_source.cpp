#include "cli/session/prefix_source.hpp"

#include "ledger/format/checkpoint.hpp"
#include "ledger/format/note.hpp"

namespace assay::cli {

Result<std::vector<std::string>> PrefixSource::checkpoints() const {
  ASSAY_TRY(std::vector<std::string> notes, whole_.checkpoints());
  std::erase_if(notes, [&](const std::string& note) {
    const auto parsed = parse_note(note);
    const auto checkpoint = parsed ? parse_checkpoint(parsed->text)
                                   : Result<Checkpoint>(std::unexpected(parsed.error()));
    // What cannot be read stays: the verifier has to say that it is there.
    return checkpoint && checkpoint->size > size_;
  });
  return notes;
}

}  // namespace assay::cli
