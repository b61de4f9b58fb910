#include "ledger/base/error.hpp"

#include <cstdio>
#include <cstdlib>

namespace assay {

std::string_view name_of(Errc code) noexcept {
  switch (code) {
    case Errc::internal: return "internal";
    case Errc::io: return "io";
    case Errc::no_space: return "no_space";
    case Errc::outcome_unknown: return "outcome_unknown";
    case Errc::crypto: return "crypto";
    case Errc::clock: return "clock";
    case Errc::invalid_argument: return "invalid_argument";
    case Errc::not_found: return "not_found";
    case Errc::conflict: return "conflict";
    case Errc::malformed: return "malformed";
    case Errc::limit: return "limit";
    case Errc::rejected: return "rejected";
    case Errc::locked: return "locked";
    case Errc::key_unavailable: return "key_unavailable";
    case Errc::unauthorised: return "unauthorised";
    case Errc::gate_not_met: return "gate_not_met";
    case Errc::unsupported: return "unsupported";
    case Errc::tampered_hash: return "tampered_hash";
    case Errc::tampered_order: return "tampered_order";
    case Errc::tampered_signature: return "tampered_signature";
    case Errc::forked: return "forked";
    case Errc::state_mismatch: return "state_mismatch";
    case Errc::evidence_damaged: return "evidence_damaged";
    case Errc::incomplete: return "incomplete";
  }
  return "unknown";
}

void assertion_failed(const char* expression, const char* file, int line) noexcept {
  std::fprintf(stderr, "assay: broken invariant: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

}  // namespace assay
