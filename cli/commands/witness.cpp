#include <mutex>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/http/server.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/key_access.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/witness/policy_file.hpp"
#include "cli/witness/serve_signals.hpp"
#include "cli/witness/witness_service.hpp"
#include "ledger/base/encoding.hpp"

namespace assay::cli {
namespace {

constexpr std::uint32_t kRequestTimeMs = 10'000;
constexpr std::size_t kShownPathWidth = 100;
constexpr std::size_t kShownTextWidth = 300;
constexpr int kPortMax = 65'535;

Result<std::string> witness_vkey(const std::string& name, const Verifier& key) {
  ASSAY_TRY(const Ed25519PublicKey public_key, Ed25519PublicKey::from_spki(key.spki()));
  return format_vkey({name, NoteKeyType::cosignature_v1, public_key});
}

struct WitnessInitOptions {
  std::string directory;
  std::string name;
  std::string key;
  bool dry_run = false;
};

Result<int> witness_init(Run& run, const WitnessInitOptions& options) {
  ASSAY_TRY(const auto key, keys::load_public_key(run.globals.keys, options.key));
  ASSAY_TRY(const std::string vkey, witness_vkey(options.name, *key));
  run.out.member("vkey") = vkey;
  if (options.dry_run) {
    run.out.line("would make " + options.directory + "; nothing was written");
    run.out.line(vkey);
    run.out.member("dry_run") = true;
    return 0;
  }
  ASSAY_CHECK(store::WitnessStore::create(options.directory, {options.name, key->key_id()}));
  run.out.line(fmt::format("made {}: a witness that has cosigned nothing yet", options.directory));
  run.out.line("its verifier key, for those who count its cosignatures:");
  run.out.line(vkey);
  run.out.member("directory") = options.directory;
  return 0;
}

struct WitnessServeOptions {
  std::string directory;
  std::string listen = "127.0.0.1:8060";
  std::vector<std::string> logs;
  std::string policy;
};

Result<HttpServerOptions> server_options(const std::string& listen) {
  HttpServerOptions options;
  const std::size_t colon = listen.rfind(':');
  const auto port = colon == std::string::npos ? fail(Errc::malformed, "no port")
                                               : parse_decimal(listen.substr(colon + 1));
  if (!port || *port > kPortMax || colon == 0) {
    return fail(Errc::invalid_argument, "\"" + listen + "\" is no address to listen on",
                "give one like 127.0.0.1:8060; port 0 is any that is free");
  }
  options.host = listen.substr(0, colon);
  options.port = static_cast<int>(*port);
  options.limits = {kRequestTimeMs, kWitnessRequestSizeBytes};
  return options;
}

/// The logs to watch, from --log and from the log lines of a policy, whatever its quorum.
Result<WatchedLogs> watched_logs(const WitnessServeOptions& options) {
  std::vector<VKey> keys;
  for (const std::string& given : options.logs) {
    ASSAY_TRY(keys.emplace_back(), vkey_from(given));
  }
  if (!options.policy.empty()) {
    ASSAY_TRY(const std::string text, read_file(options.policy, kPolicySizeBytes));
    ASSAY_TRY(const TlogPolicy policy, parse_policy(text));
    for (const PolicyLog& log : policy.logs) {
      if (log.key.key) keys.push_back(*log.key.key);
    }
  }
  if (keys.empty()) {
    return fail(Errc::invalid_argument, "a witness without logs would cosign nothing",
                "name them with --log KEY, or with the log lines of --policy FILE");
  }
  return WatchedLogs::from(keys);
}

/// One line a request, from any thread; and how many there were.
class RequestLog {
 public:
  explicit RequestLog(const Run& run) : run_(run) {}

  void note(const HttpRequest& request, const WitnessAnswer& answer) {
    const std::string line =
        fmt::format("{} {} {} {} {}: {}", run_.context.now().text(), request.peer, request.method,
                    shown(request.path, kShownPathWidth), answer.http.status,
                    shown(answer.told, kShownTextWidth));
    const std::lock_guard one_at_a_time(mutex_);
    ++requests_;
    if (request.method == "POST" && answer.http.status == 200) ++cosigned_;
    if (answer.fork) ++forks_;
    run_.context.err << line << '\n' << std::flush;
  }
  [[nodiscard]] Json json() const {
    return {{"requests", requests_}, {"cosigned", cosigned_}, {"forks", forks_}};
  }

 private:
  const Run& run_;
  std::mutex mutex_;  // guards the stream and what follows
  std::uint64_t requests_ = 0;
  std::uint64_t cosigned_ = 0;
  std::uint64_t forks_ = 0;
};

Result<int> witness_serve(Run& run, const WitnessServeOptions& options) {
  ASSAY_TRY(const HttpServerOptions listening, server_options(options.listen));
  ASSAY_TRY(const WatchedLogs logs, watched_logs(options));
  StopSignals signals;
  ASSAY_TRY(store::WitnessStore store, store::WitnessStore::open_writable(options.directory));
  ASSAY_TRY(const std::string key_name, key_name_of(run, store.identity().key));
  ASSAY_TRY(const auto key, unlock(run, key_name, run.globals.passphrase_from));
  const WitnessService service({store, logs, *key, run.context.now});
  RequestLog log(run);
  ASSAY_TRY(HttpServer server, HttpServer::open(listening, [&](const HttpRequest& request) {
              WitnessAnswer answer = service.answer(request);
              log.note(request, answer);
              return std::move(answer.http);
            }));
  ASSAY_TRY(const std::string vkey, witness_vkey(store.identity().name, key->verifier()));
  const std::string address = fmt::format("http://{}:{}", listening.host, server.port());
  run.context.err << fmt::format("witness {} listens on {} and watches {} log{}\n",
                                 store.identity().name, address, logs.keys().size(),
                                 logs.keys().size() == 1 ? "" : "s")
                  << std::flush;
  signals.watch([&server] { server.stop(); });
  const Status served = server.serve();
  signals.end();
  ASSAY_CHECK(served);
  const Json counts = log.json();
  run.out.line(fmt::format("stopped: {} requests, {} cosigned", counts["requests"].get<int>(),
                           counts["cosigned"].get<int>()));
  run.out.member("vkey") = vkey;
  run.out.member("address") = address;
  run.out.member("served") = counts;
  return 0;
}

struct WitnessStatusOptions {
  std::string directory;
  std::string evidence_folder;
};

Status show_witnessed_log(const Run& run, const WitnessStatusOptions& options,
                          const store::WitnessStore& store, const store::WitnessedLog& log,
                          Json& rows) {
  ASSAY_TRY(const StoredHead stored, stored_head(*log.checkpoint, store.identity().name));
  const Timestamp time{static_cast<std::int64_t>(stored.time_s) * 1'000'000};
  Json row = {{"origin", log.origin},           {"size", stored.head.size},
              {"root", stored.head.root.hex()}, {"cosigned_at", time.text()},
              {"checkpoint", *log.checkpoint},  {"fork", log.fork_evidence.has_value()}};
  run.out.line(shown(log.origin));
  run.out.line(fmt::format("  size {}  root {}  cosigned {}", stored.head.size,
                           stored.head.root.hex(), time.text()));
  if (log.fork_evidence) {
    run.out.line(run.out.red("  FORKED: the log's key signed two roots of one size"));
    if (!options.evidence_folder.empty()) {
      const std::string path = fmt::format("{}/{}.fork-evidence", options.evidence_folder,
                                           sha256(log.origin).hex().substr(0, 16));
      ASSAY_CHECK(write_file(path, *log.fork_evidence, true));
      run.out.line("  wrote " + path);
      row["fork_evidence"] = path;
    }
  }
  rows.push_back(std::move(row));
  return {};
}

Result<int> witness_status(Run& run, const WitnessStatusOptions& options) {
  ASSAY_TRY(const store::WitnessStore store, store::WitnessStore::open_reader(options.directory));
  run.out.line("witness " + store.identity().name);
  Json rows = Json::array();
  ASSAY_CHECK(store.scan([&](const store::WitnessedLog& log) {
    return show_witnessed_log(run, options, store, log, rows);
  }));
  if (rows.empty()) run.out.line("nothing was cosigned yet");
  run.out.member("name") = store.identity().name;
  run.out.member("key") = store.identity().key.hex();
  const bool forked =
      std::ranges::any_of(rows, [](const Json& row) { return row["fork"] == true; });
  run.out.member("logs") = std::move(rows);
  if (!forked) return 0;
  return fail(Errc::forked, "a log that this witness watches has signed two histories",
              options.evidence_folder.empty()
                  ? "write what shows that to anybody with --fork-evidence DIR"
                  : "hand the evidence on; `assay fork-evidence check` verifies it");
}

void add_witness_init(App& app, CLI::App* group) {
  const auto options = std::make_shared<WitnessInitOptions>();
  CLI::App* const command =
      app.command(group, "init", "Make a witness's directory, for a key",
                  [options](Run& run) { return witness_init(run, *options); });
  command->add_option("directory", options->directory, "Where it remembers what it cosigned")
      ->required()
      ->type_name("DIR");
  command->add_option("--name", options->name, "Its name, like example.com/witness")
      ->required()
      ->type_name("NAME");
  command->add_option("--key", options->key, "Its key, which must serve nothing else")
      ->required()
      ->type_name("NAME");
  command->add_flag("--dry-run", options->dry_run, "Check everything, make nothing");
  app.describe(
      command,
      "A directory and a key belong together for ever: never begin anew with an old key,\n"
      "and never put back an old copy of the directory. What was lost is replaced by a new\n"
      "witness, with a new key.\n\n"
      "Example:\n"
      "  assay key new witness\n"
      "  assay witness init /var/lib/witness --name example.com/witness --key witness");
}

void add_witness_serve(App& app, CLI::App* group) {
  const auto options = std::make_shared<WitnessServeOptions>();
  CLI::App* const command =
      app.command(group, "serve", "Cosign checkpoints that extend those cosigned before",
                  [options](Run& run) { return witness_serve(run, *options); });
  command->add_option("directory", options->directory, "Made by `assay witness init`")
      ->required()
      ->type_name("DIR");
  command->add_option("--listen", options->listen, "Where it is asked [127.0.0.1:8060]")
      ->type_name("HOST:PORT");
  command
      ->add_option("--log", options->logs,
                   "A log to watch: its C2SP verifier key, or a file of it; two keys of one origin "
                   "are one log")
      ->type_name("KEY");
  command->add_option("--policy", options->policy, "Watch the logs of this C2SP tlog-policy too")
      ->type_name("FILE");
  app.describe(
      command,
      "Speaks C2SP tlog-witness over plain http: POST /add-checkpoint, and to read\n"
      "GET /<hex SHA-256 of the origin>/checkpoint. For the outside world put a proxy with\n"
      "TLS before it. Each request is a line on standard error. SIGTERM ends it.\n\n"
      "Example:\n"
      "  assay witness serve /var/lib/witness --log log.vkey --listen 127.0.0.1:8060");
}

void add_witness_status(App& app, CLI::App* group) {
  const auto options = std::make_shared<WitnessStatusOptions>();
  CLI::App* const command =
      app.command(group, "status", "What a witness cosigned last, also while it serves",
                  [options](Run& run) { return witness_status(run, *options); });
  command->add_option("directory", options->directory, "Made by `assay witness init`")
      ->required()
      ->type_name("DIR");
  command
      ->add_option("--fork-evidence", options->evidence_folder,
                   "Write the evidence of forks that it found into this directory")
      ->type_name("DIR");
  app.describe(command, "Exit code 13 where one of the logs has signed two histories.");
}

}  // namespace

void add_witness(App& app) {
  CLI::App* const group = app.group("witness", "Be a witness of logs (C2SP tlog-witness)");
  add_witness_init(app, group);
  add_witness_serve(app, group);
  add_witness_status(app, group);
}

}  // namespace assay::cli
