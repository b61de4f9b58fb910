#include "keys/stream_format.hpp"

#include "keys/fixed_text.hpp"
#include "ledger/base/limits.hpp"

namespace assay::keys {
namespace {

constexpr std::string_view kStreamMagic = "assay stream 01 log ";
constexpr std::string_view kAnyStreamMagic = "assay stream ";
constexpr std::string_view kSigned = "signed ";
constexpr std::string_view kVoided = "voided ";
constexpr std::size_t kSequenceDigits = 16;
constexpr std::size_t kCheckDigits = 16;
constexpr std::size_t kBodySizeBytes = kStreamLineSizeBytes - kCheckDigits - 1;
constexpr auto kSequenceMax = static_cast<std::uint64_t>(limits::kIntegerMax);

std::unexpected<Error> not_a_line() {
  return fail(Errc::malformed, "a line of the stream record is not what this program writes");
}

std::unexpected<Error> does_not_follow() {
  return fail(Errc::tampered_hash, "a line of the stream record does not follow from those before");
}

}  // namespace

struct StreamHistory::Line {
  bool is_signed = true;
  std::uint64_t sequence = 0;
  Hash hash;
  Hash previous;
};

std::string StreamHistory::next_check(std::string_view body) const {
  return sha256({check_, body}).hex().substr(0, kCheckDigits);
}

std::optional<StreamPosition> StreamHistory::last() const {
  if (standing_.empty()) return std::nullopt;
  return StreamPosition{standing_.size() - 1, standing_.back()};
}

std::optional<Hash> StreamHistory::at(std::uint64_t sequence) const {
  if (sequence >= standing_.size()) return std::nullopt;
  return standing_[sequence];
}

Status StreamHistory::read_line(std::string_view line) {
  if (line.size() != kStreamLineSizeBytes || line.back() != '\n') return not_a_line();
  const std::string_view body = line.substr(0, kBodySizeBytes);
  const std::string check = next_check(body);
  const bool is_header = check_.empty();
  if (is_header && body.starts_with(kAnyStreamMagic) && !body.starts_with(kStreamMagic)) {
    return fail(Errc::unsupported, "the stream record is of a later format");
  }
  if (line.substr(kBodySizeBytes, kCheckDigits) != check) {
    return fail(Errc::tampered_hash, "a line of the stream record and its check disagree");
  }
  ASSAY_CHECK(is_header ? read_header(body) : read_body(body));
  check_ = check;
  return {};
}

Status StreamHistory::read_header(std::string_view body) const {
  FixedText reader(body);
  const Hash log = reader.literal(kStreamMagic).hash();
  const Hash key = reader.literal(" key ").hash();
  reader.literal(" ");
  if (!reader.ended()) return not_a_line();
  if (log != identity_.log || key != identity_.key) {
    return fail(Errc::conflict, "the stream record is of key " + key.hex() + " in log " + log.hex(),
                "a key of this name was replaced, or the file was moved: put the record back "
                "beside its own key");
  }
  return {};
}

Status StreamHistory::read_body(std::string_view body) {
  Line line;
  line.is_signed = body.starts_with(kSigned);
  FixedText reader(body);
  line.sequence = reader.literal(line.is_signed ? kSigned : kVoided).decimal(kSequenceDigits);
  line.hash = reader.literal(" ").hash();
  line.previous = reader.literal(" ").hash();
  reader.literal(" ");
  if (!reader.ended() || line.sequence > kSequenceMax) return not_a_line();
  if (line.is_signed) {
    const Hash previous = standing_.empty() ? Hash{} : standing_.back();
    if (line.sequence != standing_.size() || line.previous != previous) return does_not_follow();
    standing_.push_back(line.hash);
    return {};
  }
  if (last() != StreamPosition{line.sequence, line.hash}) return does_not_follow();
  if (line.previous != at(line.sequence - 1).value_or(Hash{})) return does_not_follow();
  standing_.pop_back();
  return {};
}

std::string StreamHistory::write(const std::string& body) {
  ASSAY_ASSERT(body.size() == kBodySizeBytes);
  check_ = next_check(body);
  return body + check_ + "\n";
}

std::string StreamHistory::write_header() {
  std::string body(kStreamMagic);
  return write(body.append(identity_.log.hex()).append(" key ").append(identity_.key.hex()) + " ");
}

std::string StreamHistory::write_line(const Line& line) {
  std::string body(line.is_signed ? kSigned : kVoided);
  body.append(padded_decimal(line.sequence, kSequenceDigits)).append(" ");
  body.append(line.hash.hex()).append(" ").append(line.previous.hex()).append(" ");
  return write(std::move(body));
}

Result<std::string> StreamHistory::write_signed(const StreamPosition& next) {
  if (next.sequence < standing_.size()) {
    return fail(Errc::forked,
                "this key signed sequence " + std::to_string(next.sequence) +
                    " of this log already; it stands at " + std::to_string(standing_.size() - 1),
                "sign the next sequence; one sequence is signed again only after the log refused "
                "it");
  }
  if (next.sequence > standing_.size() || next.sequence > kSequenceMax) {
    return fail(Errc::invalid_argument, "the next sequence of this key in this log is " +
                                            std::to_string(standing_.size()) + ", not " +
                                            std::to_string(next.sequence));
  }
  const Hash previous = standing_.empty() ? Hash{} : standing_.back();
  standing_.push_back(next.hash);
  return write_line({true, next.sequence, next.hash, previous});
}

Result<std::string> StreamHistory::write_voided(const Hash& refused,
                                                const std::optional<StreamPosition>& previous) {
  const auto standing = last();
  if (!standing || standing->hash != refused) {
    return fail(Errc::conflict,
                "the refused submission " + refused.hex() + " is not the last one of this key",
                "take back those after it first, each by its own refusal");
  }
  std::optional<StreamPosition> before;
  if (standing->sequence > 0) {
    before = StreamPosition{standing->sequence - 1, standing_[standing->sequence - 1]};
  }
  if (before != previous) {
    return fail(Errc::forked, "another submission than the given one stood before the refused one",
                "find out which of the two the log holds");
  }
  standing_.pop_back();
  return write_line({false, standing->sequence, refused, before ? before->hash : Hash{}});
}

void StreamScan::take(std::string_view piece) {
  while (!damage && !piece.empty()) {
    const std::string_view line = piece.substr(0, kStreamLineSizeBytes);
    if (auto status = history.read_line(line); !status) {
      damage = std::move(status).error();
      // Lines hold no NUL: one is a block that the file system had not written yet.
      is_torn = line.size() < kStreamLineSizeBytes || line.find('\0') != std::string_view::npos;
      if (is_torn) {
        damage = Error{Errc::malformed, "the end of the stream record is torn", {}, {}};
      }
      return;
    }
    size_bytes += line.size();
    piece.remove_prefix(line.size());
  }
}

}  // namespace assay::keys
