#include "keys/terminal.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "keys/posix_file.hpp"

namespace assay::keys {
namespace {

// A handler can only leave a note; ask_terminal acts on it after the terminal is put back.
volatile std::sig_atomic_t caught_signal = 0;
extern "C" void note_signal(int number) { caught_signal = number; }

/// Takes over, for its lifetime, the signals that would otherwise leave the terminal without echo.
/// They are blocked but in wait_for_input, so that none slips in between a look and the wait.
class SignalGuard {
 public:
  SignalGuard() {
    caught_signal = 0;
    sigset_t blocked;
    sigemptyset(&blocked);
    for (const int number : kSignals) sigaddset(&blocked, number);
    pthread_sigmask(SIG_BLOCK, &blocked, &mask_before_);
    struct sigaction note{};
    note.sa_handler = note_signal;
    note.sa_mask = blocked;
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &note, &before_[i]);
  }
  ~SignalGuard() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
      sigaction(kSignals[i], &before_[i], nullptr);
    }
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
  }
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;

  /// False where a signal came first.
  bool wait_for_input(int terminal) const {
    pollfd input{terminal, POLLIN, 0};
    while (caught_signal == 0 && ::ppoll(&input, 1, nullptr, &mask_before_) < 0 && errno == EINTR) {
    }
    return caught_signal == 0;
  }

 private:
  static constexpr std::array kSignals{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
  std::array<struct sigaction, kSignals.size()> before_{};
  sigset_t mask_before_{};
};

/// Echo off for its lifetime. What was typed ahead is thrown away, because it was echoed.
class EchoGuard {
 public:
  explicit EchoGuard(int terminal) : terminal_(terminal) {
    if (tcgetattr(terminal_, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
    silent.c_lflag |= ICANON | ISIG;
    off_ = tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
  }
  ~EchoGuard() {
    if (off_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  EchoGuard(const EchoGuard&) = delete;
  EchoGuard& operator=(const EchoGuard&) = delete;
  bool off() const { return off_; }

 private:
  int terminal_;
  termios before_{};
  bool off_ = false;
};

bool write_text(int terminal, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(terminal, text.data(), text.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

Result<Secret> read_line(int terminal, const SignalGuard& signals) {
  Secret line;
  bool fits = true;
  for (;;) {
    if (!signals.wait_for_input(terminal)) {
      return fail(Errc::key_unavailable, "the question for the passphrase was interrupted");
    }
    char c = 0;
    // wait_for_input has seen that there is something: this does not block.
    const ssize_t count =
        ::read(terminal, &c, 1);  // NOLINT(clang-analyzer-unix.BlockInCriticalSection)
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::unexpected(system_error(errno, "read from", "the terminal"));
    if (count == 0) return fail(Errc::key_unavailable, "the terminal ended the question");
    if (c == '\n') break;
    fits = line.push_back(c) && fits;
    OPENSSL_cleanse(&c, 1);
  }
  if (!fits) return fail(Errc::limit, "a passphrase may have at most 1024 bytes");
  return line;
}

Result<Secret> ask_once(int terminal, std::string_view prompt) {
  const SignalGuard signals;
  const EchoGuard echo(terminal);  // ends first: the signal acts on a terminal that echoes again
  if (!echo.off() || !write_text(terminal, prompt)) {
    return std::unexpected(system_error(errno, "ask on", "the terminal"));
  }
  Result<Secret> answer = read_line(terminal, signals);
  (void)write_text(terminal, "\n");  // the person's own newline was not shown
  return answer;
}

}  // namespace

Result<Secret> ask_terminal(std::string_view prompt) {
  static std::mutex one_question;
  const std::lock_guard<std::mutex> lock(one_question);
  const FileDescriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (terminal.get() < 0) {
    return fail(Errc::key_unavailable, "there is no terminal to ask for the passphrase",
                "give it as file:PATH or fd:N");
  }
  for (;;) {
    Result<Secret> answer = ask_once(terminal.get(), prompt);
    const int signal_number = caught_signal;
    if (signal_number == 0) return answer;
    ::kill(::getpid(), signal_number);  // now with its own handler, or its default: often the end
    if (signal_number != SIGTSTP) return answer;
  }
}

}  // namespace assay::keys
