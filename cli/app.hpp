#pragma once

/// The command table and how a command is run. Each command lives in one file of cli/commands and
/// adds itself: name, summary, options, action. Help, man pages and completions are made from this
/// table. Thread word: thread-compatible.

#include <functional>
#include <map>
#include <memory>
#include <string>

#include <CLI/App.hpp>

#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/session/passphrases.hpp"

namespace assay::cli {

/// Options that every command takes.
struct Globals {
  std::string ledger;               ///< --ledger, else $ASSAY_LEDGER, else the working directory
  std::string keys;                 ///< --keys, else $ASSAY_KEYS, else the user's configuration
  std::string passphrase_from;      ///< of the author's key: prompt, file:PATH, fd:N
  std::string log_passphrase_from;  ///< of the log's key; falls back to passphrase_from
  std::string colour = "auto";
  int progress_fd = -1;  ///< --progress-fd; -1: nobody asked
  bool json = false;
  bool quiet = false;
};

struct Run {
  const Context& context;
  const Globals& globals;
  Output& out;
  Passphrases& passphrases;
};

/// The exit code, or an error that becomes one.
using Action = std::function<Result<int>(Run&)>;

class App {
 public:
  explicit App(const Context& context);

  /// Adds a command under `parent` (null: the top level) and what it does; a group has no action.
  CLI::App* command(CLI::App* parent, const std::string& name, const std::string& summary,
                    Action action);
  CLI::App* group(const std::string& name, const std::string& summary);

  /// Text that follows a command's help and its man page: examples, above all.
  void describe(CLI::App* command, std::string text);
  [[nodiscard]] std::string description(const CLI::App* command) const;

  [[nodiscard]] CLI::App& root() noexcept { return root_; }
  /// Parses the arguments (without the program's name) and runs. Returns the exit code.
  int run(const std::vector<std::string>& arguments);

 private:
  int usage_error(const std::string& message, const std::vector<std::string>& arguments);
  int show_help(const CLI::App& command);
  int show_version();
  void fill_from_environment();
  int run_command(const CLI::App& command);

  const Context& context_;
  CLI::App root_;
  Globals globals_;
  std::map<const CLI::App*, Action> actions_;
  std::map<const CLI::App*, std::string> descriptions_;
};

/// Every command of the program.
void add_all_commands(App& app);

inline constexpr const char* kVersion = "0.1.0";
/// On which the man pages of this version say that they were written.
inline constexpr const char* kVersionDate = "2026-11-25";

}  // namespace assay::cli
