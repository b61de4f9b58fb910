#pragma once

/// The first entry: who the root parties are, which key signs the log, and what rulebook is in
/// force. Pure, but for the keys it is handed.

#include "ledger/base/signer.hpp"
#include "ledger/events/governance.hpp"

namespace assay::cli {

struct RootHolder {
  std::string key_name;
  Identifier party;
};

/// "NAME:PARTY". Errors: invalid_argument.
[[nodiscard]] Result<RootHolder> parse_root(const std::string& text);

/// An origin can stand in signed notes: 1 to 255 bytes, no spaces, no "+". Errors:
/// invalid_argument.
[[nodiscard]] Status check_origin(std::string_view origin);

struct GenesisKeys {
  const Verifier* log = nullptr;
  const Verifier* next_log = nullptr;
  std::vector<std::pair<const Verifier*, Identifier>> roots;
};

[[nodiscard]] events::LedgerCreated make_genesis(const std::string& origin,
                                                 const std::string& programme,
                                                 const GenesisKeys& keys,
                                                 std::uint64_t root_threshold,
                                                 const Hash& rulebook);

/// The rulebook of a ledger that was given none: it says that no policy is in force.
inline constexpr std::string_view kEmptyRulebook =
    R"({"policies":[],"schema":"assay.rulebook/1","title":"no policy in force"})";

}  // namespace assay::cli
