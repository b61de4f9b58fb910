#include "cli/session/other_program.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace assay::cli {
namespace {

/// An answer has a few digests and the parties and keys of a programme.
constexpr std::size_t kAnswerSizeBytes = 256U << 20U;

class Pipe {
 public:
  Pipe() { opened_ = ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  ~Pipe() {
    close_write();
    close_read();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  [[nodiscard]] bool opened() const { return opened_; }
  [[nodiscard]] int read_end() const { return ends_[0]; }
  [[nodiscard]] int write_end() const { return ends_[1]; }
  void close_write() { close_end(1); }
  void close_read() { close_end(0); }

 private:
  void close_end(std::size_t end) {
    if (opened_ && ends_[end] >= 0) ::close(ends_[end]);
    ends_[end] = -1;
  }

  std::array<int, 2> ends_{-1, -1};
  bool opened_ = false;
};

Result<pid_t> start(const std::vector<std::string>& arguments, int standard_output) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, standard_output, STDOUT_FILENO);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed == 0) return child;
  return fail(failed == ENOENT ? Errc::not_found : Errc::io,
              "cannot run " + arguments[0] + ": " + std::strerror(failed));
}

/// Everything that comes, or nothing where it is more than an answer can be.
Result<std::string> read_all(int from) {
  std::string bytes;
  std::array<char, 65'536> buffer{};
  while (bytes.size() <= kAnswerSizeBytes) {
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count == 0) return bytes;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return fail(Errc::io, std::string("reading its answer: ") + std::strerror(errno));
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return fail(Errc::limit, "its answer is larger than 256 MiB");
}

Result<int> wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return fail(Errc::io, std::string("waiting: ") + std::strerror(errno));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Result<std::string> answer_of(const std::vector<std::string>& arguments) {
  Pipe pipe;
  if (!pipe.opened()) return fail(Errc::io, std::string("no pipe: ") + std::strerror(errno));
  ASSAY_TRY(const pid_t child, start(arguments, pipe.write_end()));
  pipe.close_write();
  auto answer = read_all(pipe.read_end());
  // A program that would say more than is taken must not wait for a reader, nor this one for it.
  pipe.close_read();
  ASSAY_TRY(const int code, wait_for(child));
  if (!answer || code == 0) return answer;
  return fail(Errc::unsupported, "it ended with exit code " + std::to_string(code));
}

std::optional<projections::StateDigest> digest_from(const Json& row) {
  const auto text = [&](const char* name) {
    const auto found = row.find(name);
    return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto digest = Hash::from_hex(text("digest"));
  const auto version = row.find("version");
  if (!digest || text("projection").empty() || version == row.end() ||
      !version->is_number_unsigned()) {
    return std::nullopt;
  }
  return projections::StateDigest{*digest, text("projection"), version->get<std::uint64_t>()};
}

Result<std::vector<projections::StateDigest>> digests_in(const std::string& answer) {
  const Json parsed = Json::parse(answer, nullptr, false);
  const auto rows = parsed.is_object() ? parsed.find("state_digests") : parsed.end();
  if (!parsed.is_object() || rows == parsed.end() || !rows->is_array() || rows->empty()) {
    return fail(Errc::unsupported, "its answer has no digests of states");
  }
  std::vector<projections::StateDigest> digests;
  for (const Json& row : *rows) {
    const auto digest = row.is_object() ? digest_from(row) : std::nullopt;
    if (!digest) return fail(Errc::unsupported, "a digest in its answer is none");
    digests.push_back(*digest);
  }
  std::ranges::sort(digests, {}, &projections::StateDigest::name);
  return digests;
}

}  // namespace

Result<std::vector<projections::StateDigest>> digests_of(const Run& run, const std::string& program,
                                                         std::uint64_t size) {
  const std::string context = fmt::format("{} at size {}", program, size);
  auto answer = answer_of({program, "--ledger", run.globals.ledger, "--keys", run.globals.keys,
                           "state", "programme", "--at", std::to_string(size), "--json"});
  if (!answer) return std::unexpected(std::move(answer).error().in(context));
  auto digests = digests_in(*answer);
  if (!digests) return std::unexpected(std::move(digests).error().in(context));
  return digests;
}

}  // namespace assay::cli
