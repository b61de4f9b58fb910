#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/key_access.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/base/words.hpp"
#include "ledger/format/vkey.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kEd25519 = "ed25519";
constexpr std::string_view kP256 = "ecdsa-p256";

std::string algorithm_text(KeyAlgorithm algorithm) {
  return std::string(algorithm == KeyAlgorithm::ed25519 ? kEd25519 : kP256);
}

Json key_json(const std::string& name, const Verifier& verifier) {
  return {{"name", name},
          {"key", verifier.key_id().hex()},
          {"algorithm", algorithm_text(verifier.algorithm())},
          {"public_key", to_base64(verifier.spki())}};
}

Result<int> key_new(Run& run, const std::string& name, const std::string& algorithm, bool dry_run) {
  ASSAY_CHECK(keys::check_key_name(name));
  if (keys::load_public_key(run.globals.keys, name)) {
    return fail(Errc::conflict, "there is a key " + name + " in " + run.globals.keys + " already",
                "choose another name; a key is never overwritten");
  }
  if (dry_run) {
    run.out.line(fmt::format("would make {}  {}; nothing was written", name, algorithm));
    run.out.member("dry_run") = true;
    return 0;
  }
  ASSAY_CHECK(make_key_directory(run.globals.keys));
  ASSAY_TRY(const keys::Secret passphrase, new_passphrase(run, name, run.globals.passphrase_from));
  ASSAY_TRY(const auto key, keys::create_key(run.globals.keys, name,
                                             algorithm == kP256 ? KeyAlgorithm::ecdsa_p256_sha256
                                                                : KeyAlgorithm::ed25519,
                                             passphrase));
  run.out.line(fmt::format("made {}  {}  {}", name, algorithm, key->verifier().key_id().hex()));
  run.out.line(fmt::format("  {0}/{1}.key  private, encrypted; back it up and keep it to yourself",
                           run.globals.keys, name));
  run.out.line(fmt::format("  {0}/{1}.pub  public; hand it to whoever registers keys",
                           run.globals.keys, name));
  run.out.member("key") = key_json(name, key->verifier());
  return 0;
}

Result<int> key_show(Run& run, const std::string& name, const std::string& vkey_name) {
  ASSAY_TRY(const auto verifier, keys::load_public_key(run.globals.keys, name));
  Json json = key_json(name, *verifier);
  run.out.line(fmt::format("name        {}", name));
  run.out.line(fmt::format("key id      {}", verifier->key_id().hex()));
  run.out.line(fmt::format("in words    {}", words_of(verifier->key_id())));
  run.out.line(fmt::format("algorithm   {}", algorithm_text(verifier->algorithm())));
  run.out.line(fmt::format("public key  {}", to_base64(verifier->spki())));
  if (!vkey_name.empty()) {
    ASSAY_TRY(const Ed25519PublicKey public_key, Ed25519PublicKey::from_spki(verifier->spki()));
    ASSAY_TRY(const std::string vkey, format_vkey({vkey_name, NoteKeyType::ed25519, public_key}));
    run.out.line(fmt::format("vkey        {}", vkey));
    json["vkey"] = vkey;
  }
  run.out.member("key") = std::move(json);
  return 0;
}

Result<int> key_list(Run& run) {
  auto listed = keys::list_keys(run.globals.keys);
  Json rows = Json::array();
  std::vector<std::vector<std::string>> table;
  if (!listed && listed.error().code != Errc::not_found) return std::unexpected(listed.error());
  if (listed) {
    for (const keys::ListedKey& key : *listed) {
      if (key.problem) {
        run.out.warn(key.problem->message);
        rows.push_back({{"name", key.name}, {"problem", to_json(*key.problem)}});
        continue;
      }
      Json row = key_json(key.name, *key.verifier);
      row["private"] = key.has_private;
      rows.push_back(std::move(row));
      table.push_back({key.name, algorithm_text(key.verifier->algorithm()),
                       key.has_private ? "private" : "public only", key.verifier->key_id().hex()});
    }
  }
  if (table.empty()) {
    run.out.line(
        fmt::format("no keys in {}; make one with `assay key new NAME`", run.globals.keys));
  } else {
    run.out.table({"NAME", "ALGORITHM", "HERE", "KEY ID"}, table);
  }
  run.out.member("keys") = std::move(rows);
  return 0;
}

}  // namespace

void add_key(App& app) {
  CLI::App* const group = app.group("key", "Make and show keys");

  struct NewOptions {
    std::string name;
    std::string algorithm{kEd25519};
    bool dry_run = false;
  };
  const auto fresh = std::make_shared<NewOptions>();
  CLI::App* const make = app.command(
      group, "new", "Make a key, encrypted, in the key directory",
      [fresh](Run& run) { return key_new(run, fresh->name, fresh->algorithm, fresh->dry_run); });
  make->add_option("name", fresh->name, "Name of the key's files")->required()->type_name("NAME");
  make->add_option("--algorithm", fresh->algorithm,
                   "ed25519, or ecdsa-p256: the SMKI profile, and for tools that record in bulk")
      ->check(CLI::IsMember({std::string(kEd25519), std::string(kP256)}))
      ->type_name("ALGORITHM");
  make->add_flag("--dry-run", fresh->dry_run, "Check everything, make nothing");
  app.describe(make,
               "Examples:\n"
               "  assay key new dcc-tm\n"
               "  assay key new harness --algorithm ecdsa-p256\n"
               "  assay key new ledger-robot --passphrase-from file:/run/secrets/assay");

  struct ShowOptions {
    std::string name;
    std::string vkey;
  };
  const auto show = std::make_shared<ShowOptions>();
  CLI::App* const showing =
      app.command(group, "show", "Show a public key, its id and its words",
                  [show](Run& run) { return key_show(run, show->name, show->vkey); });
  showing->add_option("name", show->name, "Name of the key's files")->required()->type_name("NAME");
  showing->add_option("--vkey", show->vkey, "Also as a C2SP verifier key under this name")
      ->type_name("ORIGIN");

  add_key_register(app, group);

  app.command(group, "list", "List the keys of the key directory", key_list);
}

}  // namespace assay::cli
