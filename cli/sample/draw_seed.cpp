#include "cli/sample/draw_seed.hpp"

#include <algorithm>
#include <cctype>
#include <memory>

#include "keys/verifier.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/format/note.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

constexpr std::uint64_t kWholeShare = 10'000;

/// The line of a note, as it stands there.
std::string line_of(const NoteSignature& signature) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(signature.key_id >> shift));
  }
  return "— " + signature.name + " " + to_base64(bytes + signature.signature);
}

bool made_by(const NoteSignature& line, const std::vector<Witnessed>& witnesses) {
  return std::ranges::any_of(witnesses, [&](const Witnessed& witness) {
    return witness.name == line.name && witness.key_id == line.key_id;
  });
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

Status check_dice(const std::string& dice) {
  if (std::ranges::any_of(dice, is_control) || !is_utf8(dice)) {
    return fail(Errc::invalid_argument, "--dice holds what is no text",
                "write down what was read out, in one line");
  }
  if (dice.starts_with(' ') || dice.ends_with(' ')) {
    return fail(Errc::invalid_argument, "--dice begins or ends with a space, which nobody hears");
  }
  const auto heard = std::ranges::count_if(dice, [](char c) {
    return (static_cast<unsigned char>(c) & 0x80U) != 0 ||
           std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
  if (static_cast<std::size_t>(heard) < kDiceCharactersMin) {
    return fail(Errc::invalid_argument,
                "so few dice are no chance: whoever runs the log could have tried all of them out",
                "roll at least " + std::to_string(kDiceCharactersMin) + " dice, better ten");
  }
  return {};
}

Result<OpenedCheckpoint> open_checkpoint_of(const std::string& note,
                                            const projections::ProgrammeFold& fold,
                                            const std::vector<VKey>& witnesses) {
  const auto& state = fold.programme().state();
  ASSAY_TRY(const Ed25519PublicKey key,
            Ed25519PublicKey::from_spki(state.log_key.public_key.bytes));
  ASSAY_TRY(const auto log_key,
            make_note_verifier({state.origin, NoteKeyType::ed25519, key}, keys::make_verifier));
  CheckpointKeys known{state.origin, {log_key.get()}, {}};
  std::vector<std::unique_ptr<NoteVerifier>> owned;
  for (const VKey& witness : witnesses) {
    ASSAY_TRY(owned.emplace_back(), make_note_verifier(witness, keys::make_verifier));
    known.witnesses.push_back(owned.back().get());
  }
  return open_checkpoint(note, known);
}

Result<std::vector<std::string>> cosignature_lines(const std::string& cosigned,
                                                   const Checkpoint& checkpoint,
                                                   const projections::ProgrammeFold& fold,
                                                   const std::vector<VKey>& witnesses) {
  ASSAY_TRY(const Note note, parse_note(cosigned));
  ASSAY_TRY(const Checkpoint stated, parse_checkpoint(note.text));
  if (stated.size != checkpoint.size) {
    return fail(Errc::invalid_argument,
                "the cosignatures are of a checkpoint of " + std::to_string(stated.size) +
                    " entries; the population is that of " + std::to_string(checkpoint.size),
                "give --at " + std::to_string(stated.size));
  }
  if (stated.root != checkpoint.root) {
    return fail(Errc::forked, "the cosignatures are of root " + stated.root.hex() + " at size " +
                                  std::to_string(stated.size) + "; this log has " +
                                  checkpoint.root.hex());
  }
  ASSAY_TRY(const OpenedCheckpoint opened, open_checkpoint_of(cosigned, fold, witnesses));
  std::vector<std::string> lines;
  for (const NoteSignature& line : note.signatures) {
    if (made_by(line, opened.witnesses)) lines.push_back(line_of(line));
  }
  if (lines.empty()) {
    return fail(Errc::not_found, "no cosignature in that file is by a witness that was named",
                "name the witnesses' keys with --witness");
  }
  std::ranges::sort(lines);
  const auto repeated = std::ranges::unique(lines);
  lines.erase(repeated.begin(), repeated.end());
  return lines;
}

Result<std::uint64_t> share_from_text(const std::string& text) {
  const std::size_t point = text.find('.');
  const std::string whole = text.substr(0, point);
  std::string part = point == std::string::npos ? "0" : text.substr(point + 1);
  if (part.size() == 1) part += "0";
  const auto percent = parse_decimal(whole);
  const bool digits =
      part.size() == 2 && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  const std::uint64_t hundredths = digits ? static_cast<std::uint64_t>(part[0] - '0') * 10 +
                                                static_cast<std::uint64_t>(part[1] - '0')
                                          : 0;
  const std::uint64_t share = percent && *percent <= 100 ? *percent * 100 + hundredths : 0;
  if (!digits || share == 0 || share > kWholeShare) {
    return fail(Errc::invalid_argument, "\"" + text + "\" is no share in per cent",
                "a number above 0 and up to 100 with at most two decimals, like 1 or 0.5");
  }
  return share;
}

}  // namespace assay::cli
