#include "keys/passphrase.hpp"

#include <csignal>
#include <fcntl.h>
#include <functional>
#include <poll.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <thread>

#include "keys/posix_file.hpp"
#include "tests/unit/keys/keys_support.hpp"

namespace passphrase_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

Result<Secret> from(const std::string& text) {
  const auto source = parse_passphrase_source(text);
  REQUIRE(source);
  return read_passphrase(*source, {});
}

/// A process whose terminal is one end of a pseudo-terminal; the test holds the other end.
class TerminalChild {
 public:
  /// `body` runs in the child; its result is the exit code.
  explicit TerminalChild(const std::function<int()>& body) {
    int fd = -1;
    pid_ = ::forkpty(&fd, nullptr, nullptr, nullptr);
    if (pid_ == 0) ::_exit(body());
    REQUIRE(pid_ > 0);
    terminal_ = FileDescriptor(fd);
  }
  /// Reads what the terminal shows until `text` comes; false after five seconds without it.
  bool shows(std::string_view text) {
    while (seen_.find(text) == std::string::npos) {
      pollfd ready{terminal_.get(), POLLIN, 0};
      char buffer[256];
      if (::poll(&ready, 1, 5'000) != 1) return false;
      const ssize_t count = ::read(terminal_.get(), buffer, sizeof buffer);
      if (count <= 0) return false;  // EIO: the child is gone
      seen_.append(buffer, static_cast<std::size_t>(count));
    }
    return true;
  }
  /// Types when the echo is off, as a person would: typed before, it would show and be dropped.
  void type(std::string_view text) {
    for (int tries = 0; echoes() && tries < 500; ++tries) ::usleep(10'000);
    REQUIRE(::write(terminal_.get(), text.data(), text.size()) ==
            static_cast<ssize_t>(text.size()));
  }
  bool echoes() const {
    termios now{};
    REQUIRE(::tcgetattr(terminal_.get(), &now) == 0);
    return (now.c_lflag & ECHO) != 0;
  }
  int wait() {
    int status = 0;
    shows("\1");  // drains the terminal until the child is gone
    REQUIRE(::waitpid(pid_, &status, 0) == pid_);
    return status;
  }
  pid_t pid() const { return pid_; }
  const std::string& seen() const { return seen_; }
  void forget() { seen_.clear(); }

 private:
  pid_t pid_ = -1;
  FileDescriptor terminal_;
  std::string seen_;
};

int ask_for_swordfish(bool twice) {
  const auto answer = read_passphrase({}, {"tag-member", twice});
  if (!answer) return 100 + static_cast<int>(answer.error().code);
  return answer->view() == "swordfish" ? 0 : 1;
}

}  // namespace

TEST_CASE("a passphrase comes from prompt, file:PATH or fd:N and from nothing else",
          "[passphrase]") {
  CHECK(parse_passphrase_source("prompt")->kind == PassphraseSource::Kind::terminal);
  CHECK(parse_passphrase_source("file:/a:b")->path == "/a:b");
  CHECK(parse_passphrase_source("fd:3")->descriptor == 3);
  for (const char* text : {"", "file:", "fd:", "fd:-1", "fd:x", "fd:03", "fd:2147483648", "env:PW",
                           "pass:sesame", "sesame", "Prompt"}) {
    CAPTURE(text);
    const auto source = parse_passphrase_source(text);
    REQUIRE(code_of(source) == Errc::invalid_argument);
    // It may be the passphrase itself: it must not be repeated on a terminal or in a build log.
    CHECK(source.error().message.find("sesame") == std::string::npos);
    CHECK(source.error().hint.find("sesame") == std::string::npos);
  }
}

TEST_CASE("a passphrase file holds one line, whose end is not part of it", "[passphrase]") {
  const TemporaryFolder folder;
  const std::string path = folder / "pw";
  const auto read = [&](std::string_view content) {
    write_file(path, content);
    return from("file:" + path);
  };
  CHECK(read("swordfish\n").value().view() == "swordfish");
  CHECK(read("swordfish").value().view() == "swordfish");
  CHECK(read(" a b \xc3\xa9 \n").value().view() == " a b \xc3\xa9 ");
  CHECK(read(std::string(1024, 'x') + "\n").value().view().size() == 1024);
  CHECK(code_of(read(std::string(1025, 'x'))) == Errc::limit);
  CHECK(code_of(read("")) == Errc::invalid_argument);
  CHECK(code_of(read("\n")) == Errc::invalid_argument);
  CHECK(code_of(read("a\n\n")) == Errc::invalid_argument);
  CHECK(code_of(read("a\nb")) == Errc::invalid_argument);
  CHECK(code_of(read("a\r\n")) == Errc::invalid_argument);
  CHECK(code_of(read(std::string("a\0b\n", 4))) == Errc::invalid_argument);
  CHECK(code_of(from("file:" + (folder / "absent"))) == Errc::key_unavailable);
  CHECK_FALSE(from("file:" + folder.path()));
}

TEST_CASE("a passphrase file that others may read is refused", "[passphrase]") {
  const TemporaryFolder folder;
  const std::string path = folder / "pw";
  for (const mode_t mode : {0644U, 0640U, 0604U, 0660U, 0602U}) {
    write_file(path, "swordfish\n", mode);
    const auto result = from("file:" + path);
    REQUIRE(code_of(result) == Errc::key_unavailable);
    CHECK(result.error().hint == "chmod 600 " + path);
  }
  write_file(path, "swordfish\n", 0400);
  CHECK(from("file:" + path));
}

TEST_CASE("a FIFO serves as a passphrase file, whatever its mode", "[passphrase]") {
  const TemporaryFolder folder;
  const std::string path = folder / "fifo";
  REQUIRE(::mkfifo(path.c_str(), 0644) == 0);
  std::jthread writer([&] { std::ofstream(path) << "swordfish\n"; });
  CHECK(from("file:" + path).value().view() == "swordfish");
}

TEST_CASE("a descriptor gives one line and keeps the next", "[passphrase]") {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const FileDescriptor reader(ends[0]);
  FileDescriptor writer(ends[1]);
  REQUIRE(::write(writer.get(), "one\ntwo", 7) == 7);
  writer.reset();
  const std::string source = "fd:" + std::to_string(reader.get());
  CHECK(from(source).value().view() == "one");
  CHECK(from(source).value().view() == "two");
  CHECK(code_of(from(source)) == Errc::invalid_argument);  // at the end: an empty one
  CHECK_FALSE(from("fd:1048000"));
}

TEST_CASE("the terminal is asked without echo", "[terminal]") {
  TerminalChild child([] { return ask_for_swordfish(false); });
  REQUIRE(child.shows("Passphrase for key tag-member: "));
  child.type("swordfish\n");
  CHECK(child.wait() == 0);
  CHECK(child.seen().find("sword") == std::string::npos);
}

TEST_CASE("a new passphrase is asked for twice, and both must agree", "[terminal]") {
  for (const char* second : {"swordfish\n", "swordfisch\n"}) {
    TerminalChild child([] { return ask_for_swordfish(true); });
    REQUIRE(child.shows("New passphrase for key tag-member: "));
    child.type("swordfish\n");
    REQUIRE(child.shows("The same passphrase for key tag-member: "));
    child.type(second);
    const int status = child.wait();
    REQUIRE(WIFEXITED(status));
    const bool agree = std::string_view(second) == "swordfish\n";
    CHECK(WEXITSTATUS(status) == (agree ? 0 : 100 + static_cast<int>(Errc::invalid_argument)));
    CHECK(child.seen().find("sword") == std::string::npos);
  }
}

TEST_CASE("an empty answer and a line that is too long are refused", "[terminal]") {
  TerminalChild empty([] { return ask_for_swordfish(false); });
  REQUIRE(empty.shows(": "));
  empty.type("\n");
  CHECK(WEXITSTATUS(empty.wait()) == 100 + static_cast<int>(Errc::invalid_argument));
  TerminalChild large([] { return ask_for_swordfish(false); });
  REQUIRE(large.shows(": "));
  large.type(std::string(1'500, 'x') + "\n");
  CHECK(WEXITSTATUS(large.wait()) == 100 + static_cast<int>(Errc::limit));
}

TEST_CASE("an interrupted question puts the echo back before the signal acts", "[terminal]") {
  // The terminal outlives the question here, because another process holds it open as well.
  TerminalChild child([] {
    std::signal(SIGINT, SIG_DFL);  // a shell ignores it for what it runs in the background
    const pid_t asker = ::fork();
    if (asker == 0) ::_exit(ask_for_swordfish(false));
    std::signal(SIGINT, SIG_IGN);
    int status = 0;
    ::waitpid(asker, &status, 0);
    termios after{};
    ::tcgetattr(0, &after);
    const bool died = WIFSIGNALED(status) && WTERMSIG(status) == SIGINT;
    return (died ? 0 : 1) + ((after.c_lflag & ECHO) != 0 ? 0 : 2);
  });
  REQUIRE(child.shows("Passphrase"));
  child.type("sword\x03");
  CHECK(WEXITSTATUS(child.wait()) == 0);
}

TEST_CASE("after a stop the question is asked again", "[terminal]") {
  TerminalChild child([] {
    // As a shell does it: the question in the foreground, in a process group of its own.
    std::signal(SIGTTOU, SIG_IGN);
    const pid_t asker = ::fork();
    if (asker == 0) {
      ::setpgid(0, 0);
      ::tcsetpgrp(0, ::getpid());
      std::signal(SIGTTOU, SIG_DFL);
      ::_exit(ask_for_swordfish(false));
    }
    int status = 0;
    ::waitpid(asker, &status, WUNTRACED);
    if (!WIFSTOPPED(status)) return 3;
    termios between{};
    ::tcgetattr(0, &between);
    if ((between.c_lflag & ECHO) == 0) return 4;
    ::kill(asker, SIGCONT);
    ::waitpid(asker, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 5;
  });
  REQUIRE(child.shows("Passphrase for key tag-member: "));
  child.type("half");
  child.forget();
  child.type("\x1a");
  REQUIRE(child.shows("Passphrase for key tag-member: "));
  child.type("swordfish\n");
  CHECK(WEXITSTATUS(child.wait()) == 0);
}

TEST_CASE("without a terminal the error says how else to give the passphrase", "[terminal]") {
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::setsid();  // leaves the controlling terminal behind
    const auto answer = read_passphrase({}, {"k", false});
    const bool good = !answer && answer.error().code == Errc::key_unavailable &&
                      answer.error().hint.find("file:PATH") != std::string::npos;
    ::_exit(good ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  CHECK(WEXITSTATUS(status) == 0);
}

}  // namespace passphrase_test
