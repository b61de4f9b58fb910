// Trees of files as somebody may have made them: a folder, and a web address.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "cli/sources/directory_tree.hpp"
#include "cli/sources/web_tree.hpp"
#include "tests/unit/http/talker.hpp"

using namespace assay;
using namespace assay::cli;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "assay-trees-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name) << bytes;
  }
  fs::path path;
};

Errc code_of(const verify::FileTree& tree, const std::string& name, std::uint64_t size = 100) {
  const auto read = tree.read(name, size);
  REQUIRE_FALSE(read);
  return read.error().code;
}

}  // namespace

TEST_CASE("a folder gives the plain files in it", "[sources]") {
  const Folder folder;
  folder.write("tile/0/000", "abc");
  folder.write("checkpoint", "");
  const auto tree = DirectoryTree::open(folder.path).value();
  CHECK(tree.read("tile/0/000", 3).value() == "abc");
  CHECK(tree.read("checkpoint", 0).value().empty());
  CHECK(code_of(tree, "tile/0/000", 2) == Errc::limit);
  CHECK(code_of(tree, "tile/0/001") == Errc::not_found);
  CHECK(code_of(tree, "checkpoint/below") == Errc::not_found);
  CHECK(code_of(tree, "tile/0") == Errc::rejected);
  const std::vector<std::string> names{"checkpoint", "tile"};
  CHECK(tree.list("").value() == names);
  CHECK(tree.list("absent").value()->empty());
}

TEST_CASE("a reader of a folder leaves it by no name and by no link", "[sources]") {
  const Folder folder;
  const Folder outside;
  outside.write("secret", "abc");
  folder.write("real/file", "abc");
  fs::create_symlink(outside.path / "secret", folder.path / "link");
  fs::create_symlink(outside.path, folder.path / "away");
  fs::create_symlink("real", folder.path / "within");
  fs::create_symlink("link-loop", folder.path / "link-loop");
  REQUIRE(::mkfifo((folder.path / "pipe").c_str(), 0600) == 0);
  const auto tree = DirectoryTree::open(folder.path).value();
  CHECK(code_of(tree, "link") == Errc::rejected);
  CHECK(code_of(tree, "away/secret") == Errc::rejected);
  CHECK(code_of(tree, "within/file") == Errc::rejected);
  CHECK(code_of(tree, "link-loop") == Errc::rejected);
  CHECK(code_of(tree, "pipe") == Errc::rejected);
  CHECK(tree.list("away").error().code == Errc::rejected);
  CHECK(tree.list("within").error().code == Errc::rejected);
  for (const std::string& name :
       {"../" + outside.path.filename().string() + "/secret", (outside.path / "secret").string(),
        std::string("real/../real/file"), std::string("real//file"), std::string(".")}) {
    INFO(name);
    CHECK(code_of(tree, name) == Errc::invalid_argument);
  }
}

TEST_CASE("a folder stays the one that was opened", "[sources]") {
  const Folder folder;
  folder.write("log/file", "first");
  const auto tree = DirectoryTree::open(folder.path / "log").value();
  fs::rename(folder.path / "log", folder.path / "old");
  folder.write("log/file", "other");
  CHECK(tree.read("file", 10).value() == "first");
}

TEST_CASE("a reader that has enough is no error", "[sources]") {
  const Folder folder;
  folder.write("file", std::string(1'000'000, 'x'));
  const auto tree = DirectoryTree::open(folder.path).value();
  std::size_t pieces = 0;
  CHECK(tree.stream("file", 2'000'000, [&](std::string_view piece) {
    CHECK(piece.size() <= verify::FileTree::kPieceSizeBytes);
    return ++pieces < 2;
  }));
  CHECK(pieces == 2);
}

TEST_CASE("a published log is told by its top", "[sources]") {
  const Folder folder;
  CHECK_FALSE(looks_published(folder.path));
  folder.write("tile/0/000", "");
  CHECK_FALSE(looks_published(folder.path));
  folder.write("publication.json", "");
  CHECK(looks_published(folder.path));
  CHECK_FALSE(looks_published(folder.path / "absent"));
}

TEST_CASE("on the web, what is not there is told from what could not be read", "[sources]") {
  const auto answer_of = [](const std::string& answer) {
    const Talker talker({answer}, milliseconds(0), milliseconds(0));
    const auto tree = WebTree::open(talker.at("/log"), 60).value();
    const auto read = tree->read("checkpoint", 10);
    return read ? "\"" + *read + "\"" : std::string(name_of(read.error().code));
  };
  CHECK(answer_of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc") == "\"abc\"");
  CHECK(answer_of("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") == "not_found");
  CHECK(answer_of("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n") == "not_found");
  CHECK(answer_of("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") == "io");
  CHECK(answer_of("HTTP/1.1 302 Found\r\nLocation: /log/\r\nContent-Length: 0\r\n\r\n") == "io");
  CHECK(answer_of("HTTP/1.1 206 Part\r\nContent-Length: 3\r\n\r\nabc") == "io");
  CHECK(answer_of("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nabc") == "io");
  CHECK(answer_of("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nabcdefghijk") == "limit");
  CHECK(answer_of("anything but HTTP\r\n\r\n") == "io");
}

TEST_CASE("a name that a published log does not have is not asked for", "[sources]") {
  const Talker talker({"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"}, milliseconds(0),
                      milliseconds(0));
  const auto tree = WebTree::open(talker.at("/"), 60).value();
  for (const char* name : {"../checkpoint", "a?b", "a#b", "a%2fb", "a b", "/etc/passwd", ""}) {
    INFO(name);
    CHECK(code_of(*tree, name) == Errc::not_found);
  }
  CHECK_FALSE(tree->list("").value().has_value());
  CHECK_FALSE(WebTree::open("http://user@127.0.0.1/", 60));
}
