#include "ledger/verify/source.hpp"

namespace assay::verify {

Status Source::read_evidence(const Hash&, const ChunkSink&) const {
  return fail(Errc::not_found, "this source holds no evidence files");
}

Result<std::vector<Objection>> Source::check_indexes(const VerifierState&) const {
  return fail(Errc::not_found, "this source has no indexes");
}

}  // namespace assay::verify
