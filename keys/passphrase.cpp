#include "keys/passphrase.hpp"

#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "keys/posix_file.hpp"
#include "keys/terminal.hpp"
#include "ledger/base/encoding.hpp"

namespace assay::keys {
namespace {

constexpr std::string_view kFileScheme = "file:";
constexpr std::string_view kDescriptorScheme = "fd:";

Error cannot_read(int error_number, const std::string& what) {
  Error error = system_error(error_number, "read the passphrase from", what);
  if (error.code != Errc::io) error.code = Errc::key_unavailable;
  return error;
}

/// One byte, or nothing at the end. Byte by byte, so that no buffer keeps a copy and nothing after
/// the line is swallowed.
Result<bool> read_byte(int fd, const std::string& what, char& c) {
  for (;;) {
    const ssize_t count = ::read(fd, &c, 1);
    if (count >= 0) return count == 1;
    if (errno != EINTR) return std::unexpected(cannot_read(errno, what));
  }
}

Result<Secret> read_line(int fd, const std::string& what) {
  Secret line;
  char c = 0;
  for (;;) {
    ASSAY_TRY(const bool more, read_byte(fd, what, c));
    if (!more || c == '\n') break;
    if (!line.push_back(c)) {
      return fail(Errc::limit, "the passphrase from " + what + " has more than 1024 bytes");
    }
  }
  OPENSSL_cleanse(&c, 1);
  return line;
}

Result<Secret> check_content(Secret line, const std::string& what) {
  if (line.empty()) {
    return fail(Errc::invalid_argument, "the passphrase from " + what + " is empty");
  }
  if (line.view().find('\0') != std::string_view::npos ||
      line.view().find('\r') != std::string_view::npos) {
    return fail(Errc::invalid_argument,
                "the passphrase from " + what + " holds a NUL or a carriage return",
                "end the line with a newline alone, not as Windows editors do");
  }
  return line;
}

Result<Secret> read_from_file(const std::string& path) {
  // Not open_existing: a FIFO must be waited on here.
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  struct stat found{};
  if (file.get() < 0 || ::fstat(file.get(), &found) != 0) {
    return std::unexpected(cannot_read(errno, path));
  }
  if (S_ISREG(found.st_mode) && (found.st_mode & 0077) != 0) {
    return fail(Errc::key_unavailable,
                "the passphrase file " + path + " may be read or changed by others than its owner",
                "chmod 600 " + path);
  }
  ASSAY_TRY(Secret line, read_line(file.get(), path));
  char c = 0;
  ASSAY_TRY(const bool more, read_byte(file.get(), path, c));
  OPENSSL_cleanse(&c, 1);
  if (more) {
    return fail(Errc::invalid_argument, "the passphrase file " + path + " has several lines",
                "a passphrase is one line");
  }
  return check_content(std::move(line), path);
}

Result<Secret> ask(const PassphraseQuestion& question) {
  const std::string of_key = "assphrase for key " + question.key_name + ": ";
  ASSAY_TRY(Secret first, ask_terminal((question.twice ? "New p" : "P") + of_key));
  ASSAY_TRY(first, check_content(std::move(first), "the terminal"));
  if (!question.twice) return first;
  ASSAY_TRY(const Secret second, ask_terminal("The same p" + of_key));
  if (first.view() != second.view()) {
    return fail(Errc::invalid_argument, "the two passphrases differ", "try again");
  }
  return first;
}

}  // namespace

Result<PassphraseSource> parse_passphrase_source(std::string_view text) {
  using Kind = PassphraseSource::Kind;
  if (text == "prompt") return PassphraseSource{Kind::terminal, {}, -1};
  if (text.size() > kFileScheme.size() && text.starts_with(kFileScheme)) {
    return PassphraseSource{Kind::file, std::string(text.substr(kFileScheme.size())), -1};
  }
  if (text.starts_with(kDescriptorScheme)) {
    const auto number = parse_decimal(text.substr(kDescriptorScheme.size()));
    if (number && *number <= std::numeric_limits<int>::max()) {
      return PassphraseSource{Kind::descriptor, {}, static_cast<int>(*number)};
    }
  }
  return fail(Errc::invalid_argument, "this is not a source of a passphrase",
              "say prompt, file:PATH or fd:N; never the passphrase itself, which other users of "
              "this machine could read");
}

Result<Secret> read_passphrase(const PassphraseSource& source, const PassphraseQuestion& question) {
  switch (source.kind) {
    case PassphraseSource::Kind::terminal: return ask(question);
    case PassphraseSource::Kind::file: return read_from_file(source.path);
    case PassphraseSource::Kind::descriptor: break;
  }
  const std::string what = "descriptor " + std::to_string(source.descriptor);
  ASSAY_TRY(Secret line, read_line(source.descriptor, what));
  return check_content(std::move(line), what);
}

}  // namespace assay::keys
