#pragma once

/// Ed25519 keys for tests, straight on libcrypto, so that tests of the formats need no key files.
/// A seed decides the key, so that expected bytes can be written down.

#include <memory>
#include <string>
#include <string_view>

#include "ledger/base/signer.hpp"

namespace assay::testing {

/// A key whose 32-byte seed is `fill` repeated. Aborts where libcrypto refuses.
[[nodiscard]] std::unique_ptr<Signer> test_signer(char fill);
/// A key from a 32-byte seed.
[[nodiscard]] std::unique_ptr<Signer> test_signer_from_seed(std::string_view seed);

/// Accepts every Ed25519 SubjectPublicKeyInfo that libcrypto reads.
[[nodiscard]] VerifierFactory test_verifiers();

}  // namespace assay::testing
