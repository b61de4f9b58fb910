#include "ledger/verify/paper_pin.hpp"

#include <vector>

#include "ledger/base/encoding.hpp"

namespace assay::verify {
namespace {

std::vector<std::string_view> parts_of(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  std::vector<std::string_view> parts;
  for (std::size_t at = text.find_first_not_of(kSpaces); at != std::string_view::npos;) {
    const std::size_t end = text.find_first_of(kSpaces, at);
    parts.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kSpaces, end);
  }
  return parts;
}

std::unexpected<Error> bad_pin(const std::string& why) {
  return fail(Errc::malformed, "the pin from paper " + why,
              "it reads: assay-pin/1 ORIGIN SIZE ROOT LOG-ID");
}

}  // namespace

Result<std::string> format_paper_pin(const PaperPin& pin) {
  // What could not stand in a checkpoint, or would come apart on reading, must not reach paper.
  ASSAY_CHECK(format_checkpoint({pin.origin, pin.head.size, pin.head.root, {}}));
  std::string text = std::string(kPaperPinSchema) + " " + pin.origin + " " +
                     std::to_string(pin.head.size) + " " + to_base64(pin.head.root.view()) + " " +
                     pin.log_id.hex();
  if (parts_of(text).size() != 5 || text.size() > kPaperPinSizeBytes) {
    return fail(Errc::invalid_argument, "an origin with spaces has no pin on paper");
  }
  return text;
}

Result<PaperPin> parse_paper_pin(std::string_view text) {
  if (text.size() > kPaperPinSizeBytes) {
    return fail(Errc::limit,
                "a pin from paper of more than " + std::to_string(kPaperPinSizeBytes) + " bytes");
  }
  const std::vector<std::string_view> parts = parts_of(text);
  if (parts.empty() || !parts[0].starts_with("assay-pin/")) return bad_pin("does not begin so");
  if (parts[0] != kPaperPinSchema) {
    return fail(Errc::unsupported, "a pin of the form " + std::string(parts[0].substr(0, 32)) +
                                       " is of a newer program");
  }
  if (parts.size() != 5) {
    return bad_pin("has " + std::to_string(parts.size()) + " parts instead of 5");
  }
  PaperPin pin{std::string(parts[1]), {}, {}};
  const auto size = parse_decimal(parts[2]);
  if (!size) return bad_pin("states no size");
  const auto root = from_base64(parts[3]);
  const auto root_hash =
      root ? Hash::from_bytes(*root) : Result<Hash>(std::unexpected(root.error()));
  if (!root_hash) return bad_pin("states no root: " + root_hash.error().message);
  const auto log_id = Hash::from_hex(parts[4]);
  if (!log_id) return bad_pin("states no log id: " + log_id.error().message);
  pin.head = {*size, *root_hash};
  pin.log_id = *log_id;
  if (const auto text_of = format_checkpoint({pin.origin, *size, *root_hash, {}}); !text_of) {
    return bad_pin("states no head: " + text_of.error().message);
  }
  return pin;
}

Pin pin_from(const PaperPin& pin) {
  return {{}, {pin.origin, pin.head.size, pin.head.root, {}}, pin.log_id, {}};
}

Result<Pin> parse_any_pin(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  if (at == std::string_view::npos || text[at] == '{') return parse_pin(text);
  ASSAY_TRY(const PaperPin pin, parse_paper_pin(text));
  return pin_from(pin);
}

Result<Hash> head_digest(std::string_view origin, const merkle::TreeHead& head) {
  ASSAY_TRY(const std::string text,
            format_checkpoint({std::string(origin), head.size, head.root, {}}));
  return sha256(text);
}

}  // namespace assay::verify
