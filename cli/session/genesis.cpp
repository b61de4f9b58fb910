#include "cli/session/genesis.hpp"

#include <algorithm>

#include "ledger/format/vkey.hpp"

namespace assay::cli {

Result<RootHolder> parse_root(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0 || !is_identifier(text.substr(colon + 1))) {
    return fail(Errc::invalid_argument, "\"" + text + "\" is not of the form NAME:PARTY",
                "for example: --root root-dcc:DCC");
  }
  return RootHolder{text.substr(0, colon), text.substr(colon + 1)};
}

Status check_origin(std::string_view origin) {
  constexpr std::size_t kOriginSizeBytes = 255;
  if (!is_key_name(origin) || origin.size() > kOriginSizeBytes) {
    return fail(Errc::invalid_argument,
                "an origin is 1 to 255 bytes without spaces, control characters and \"+\"",
                "use a URL without schema, like moc.example.org/ledger");
  }
  return {};
}

events::LedgerCreated make_genesis(const std::string& origin, const std::string& programme,
                                   const GenesisKeys& keys, std::uint64_t root_threshold,
                                   const Hash& rulebook) {
  events::LedgerCreated genesis;
  genesis.log_key = {keys.log->key_id(), {keys.log->spki()}};
  genesis.next_log_key = keys.next_log->key_id();
  genesis.origin = origin;
  genesis.programme = programme;
  genesis.root_threshold = root_threshold;
  for (const auto& [key, party] : keys.roots) {
    genesis.roots.push_back({key->key_id(), party, {key->spki()}});
  }
  std::sort(genesis.roots.begin(), genesis.roots.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  genesis.rulebook = rulebook;
  return genesis;
}

}  // namespace assay::cli
