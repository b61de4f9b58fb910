#include "ledger/format/values.hpp"

#include <algorithm>
#include <array>

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"

namespace assay {

namespace {

constexpr auto kIdentifierChars = [] {
  std::array<bool, 256> allowed{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789._-")) {
    allowed[static_cast<unsigned char>(c)] = true;
  }
  return allowed;
}();

}  // namespace

bool is_identifier(std::string_view text) noexcept {
  if (text.empty() || text.size() > limits::kIdentifierSizeBytes) return false;
  bool allowed = true;
  for (const char c : text) allowed &= kIdentifierChars[static_cast<unsigned char>(c)];
  return allowed;
}

bool IdentifierSet::contains(std::string_view id) const noexcept {
  const auto at =
      std::lower_bound(ids.begin(), ids.end(), id,
                       [](const Identifier& a, std::string_view b) { return a.text < b; });
  return at != ids.end() && at->text == id;
}

IdentifierSet IdentifierSet::of(std::vector<Identifier> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return {std::move(ids)};
}

std::string EventId::text() const { return std::to_string(entry) + "." + std::to_string(position); }

Result<EventId> EventId::parse(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) {
    return fail(Errc::malformed, "an event address is <entry>.<position>, like 41.0");
  }
  const auto entry = parse_decimal(text.substr(0, dot));
  const auto position = parse_decimal(text.substr(dot + 1));
  if (!entry || !position) {
    return fail(Errc::malformed, "an event address is <entry>.<position>, like 41.0");
  }
  return EventId{*entry, *position};
}

}  // namespace assay
