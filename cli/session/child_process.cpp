#include "cli/session/child_process.hpp"

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
Result<std::string> read_all(int from, std::size_t size_max_bytes) {
  std::string bytes;
  std::array<char, 65'536> buffer{};
  while (bytes.size() <= size_max_bytes) {
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count == 0) return bytes;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return fail(Errc::io, std::string("reading its answer: ") + std::strerror(errno));
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return fail(Errc::limit, fmt::format("its answer is larger than {} MiB", size_max_bytes >> 20U));
}

Result<int> wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return fail(Errc::io, std::string("waiting: ") + std::strerror(errno));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Result<ChildAnswer> run_child(const std::vector<std::string>& arguments,
                              std::size_t output_size_max_bytes) {
  Pipe pipe;
  if (!pipe.opened()) return fail(Errc::io, std::string("no pipe: ") + std::strerror(errno));
  ASSAY_TRY(const pid_t child, start(arguments, pipe.write_end()));
  pipe.close_write();
  auto output = read_all(pipe.read_end(), output_size_max_bytes);
  // A program that would say more than is taken must not wait for a reader, nor this one for it.
  pipe.close_read();
  ASSAY_TRY(const int code, wait_for(child));
  if (!output) return std::unexpected(std::move(output).error());
  return ChildAnswer{code, *std::move(output)};
}

}  // namespace assay::cli
