#include "cli/session/key_access.hpp"

#include <filesystem>
#include <sys/stat.h>

namespace assay::cli {

Result<std::unique_ptr<keys::PrivateKey>> unlock(const Run& run, const std::string& name,
                                                 const std::string& source) {
  ASSAY_TRY(const keys::PassphraseSource from, keys::parse_passphrase_source(source));
  // Asking for a passphrase before finding out that there is no key would waste the person's time.
  ASSAY_TRY(const std::unique_ptr<Verifier> verifier,
            keys::load_public_key(run.globals.keys, name));
  ASSAY_TRY(const keys::Secret passphrase, run.passphrases.of_key(from, name));
  return keys::load_key(run.globals.keys, name, passphrase);
}

Result<keys::Secret> new_passphrase(const Run& run, const std::string& name,
                                    const std::string& source) {
  ASSAY_TRY(const keys::PassphraseSource from, keys::parse_passphrase_source(source));
  return run.passphrases.for_new_key(from, name);
}

Result<std::string> key_name_of(const Run& run, const Hash& key_id) {
  ASSAY_TRY(const std::vector<keys::ListedKey> listed, keys::list_keys(run.globals.keys));
  for (const keys::ListedKey& key : listed) {
    if (key.verifier && key.verifier->key_id() == key_id) return key.name;
  }
  return fail(Errc::key_unavailable,
              "no key in " + run.globals.keys + " has the id " + key_id.hex(),
              "name the directory with --keys, or run this where that key is");
}

Status make_key_directory(const std::string& directory) {
  std::error_code error;
  const std::filesystem::path path(directory);
  if (std::filesystem::is_directory(path, error)) return {};
  error.clear();
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (!error && ::mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    error = std::error_code(errno, std::generic_category());
  }
  if (error) return fail(Errc::io, "cannot make " + directory + ": " + error.message());
  return {};
}

}  // namespace assay::cli
