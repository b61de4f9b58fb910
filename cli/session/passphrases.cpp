#include "cli/session/passphrases.hpp"

#include <poll.h>

namespace assay::cli {
namespace {

/// Whether a read of the descriptor would give something at once, be it only its end.
bool has_more(int descriptor) {
  pollfd asked{descriptor, POLLIN, 0};
  return ::poll(&asked, 1, 0) == 1 && (asked.revents & POLLIN) != 0;
}

}  // namespace

Result<keys::Secret> Passphrases::next_line(const keys::PassphraseSource& source,
                                            const std::string& key_name) {
  const auto last = last_lines_.find(source.descriptor);
  if (last != last_lines_.end() && !has_more(source.descriptor)) {
    return keys::Secret::copy_of(last->second.view());
  }
  auto line = keys::read_passphrase(source, {key_name, false});
  if (!line && last != last_lines_.end() && line.error().code == Errc::invalid_argument) {
    return keys::Secret::copy_of(last->second.view());  // its end
  }
  if (!line) return line;
  ASSAY_TRY(keys::Secret kept, keys::Secret::copy_of(line->view()));
  last_lines_.insert_or_assign(source.descriptor, std::move(kept));
  return line;
}

Result<keys::Secret> Passphrases::of_key(const keys::PassphraseSource& source,
                                         const std::string& key_name) {
  using Kind = keys::PassphraseSource::Kind;
  if (source.kind == Kind::descriptor) return next_line(source, key_name);
  if (source.kind == Kind::file) return keys::read_passphrase(source, {key_name, false});
  auto said = said_.find(key_name);
  if (said == said_.end()) {
    ASSAY_TRY(keys::Secret answer, keys::read_passphrase(source, {key_name, false}));
    said = said_.emplace(key_name, std::move(answer)).first;
  }
  return keys::Secret::copy_of(said->second.view());
}

Result<keys::Secret> Passphrases::for_new_key(const keys::PassphraseSource& source,
                                              const std::string& key_name) {
  using Kind = keys::PassphraseSource::Kind;
  if (source.kind == Kind::descriptor) return next_line(source, key_name);
  if (source.kind == Kind::file) return keys::read_passphrase(source, {key_name, true});
  if (!for_new_keys_) {
    ASSAY_TRY(for_new_keys_, keys::read_passphrase(source, {key_name, true}));
  }
  ASSAY_TRY(keys::Secret answer, keys::Secret::copy_of(for_new_keys_->view()));
  ASSAY_TRY(keys::Secret kept, keys::Secret::copy_of(answer.view()));
  said_.insert_or_assign(key_name, std::move(kept));
  return answer;
}

}  // namespace assay::cli
