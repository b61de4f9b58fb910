#pragma once

/// Witnesses as commands are told of them: keys, addresses with keys, and policy files.
/// Thread word: thread-compatible.

#include <string>
#include <vector>

#include "ledger/format/tlog_policy.hpp"

namespace assay::cli {

/// A verifier key as it was given: itself, or a file of it. Errors: those of parse_vkey and of
/// reading the file.
[[nodiscard]] Result<VKey> vkey_from(const std::string& given);

/// "URL=KEY" of --witness. Errors: invalid_argument, those of parse_vkey.
[[nodiscard]] Result<PolicyWitness> witness_from(const std::string& given);

/// Reads a C2SP tlog-policy. One that asks for no witness is refused: where witnesses are asked
/// for, it would be met by everything. Errors: those of parse_policy and of reading the file;
/// rejected.
[[nodiscard]] Result<TlogPolicy> policy_from_file(const std::string& path);

/// How commands are told whose cosignatures they are to count: --policy FILE, or --witness and
/// --quorum.
struct PolicyOptions {
  std::string file;
  std::vector<std::string> witnesses;  ///< keys, or URL=KEY where addresses are needed
  std::uint64_t quorum = 0;            ///< 0: all of them
  [[nodiscard]] bool given() const { return !file.empty() || !witnesses.empty() || quorum > 0; }
};

/// Errors: invalid_argument (both, or a quorum without witnesses), those of the parts.
[[nodiscard]] Result<TlogPolicy> policy_from(const PolicyOptions& options, bool with_addresses);

}  // namespace assay::cli
