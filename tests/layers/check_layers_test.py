"""Plants crossings in a tree of its own and expects check_layers to refuse each, and nothing else.

    check_layers_test.py PROGRAM    PROGRAM: one that does link RocksDB
"""

import pathlib
import sys
import tempfile
import unittest

import check_layers

# A tree in which nothing crosses; the planted file is put beside these.
SOUND = {
    "ledger/base/hash.hpp": '#include <string>\n',
    "ledger/merkle/tree.hpp": '#include "ledger/base/hash.hpp"\n',
    "ledger/format/checkpoint.hpp": '#include "ledger/merkle/tree.hpp"\n',
    "ledger/events/runs.hpp": '#include "ledger/format/checkpoint.hpp"\n',
    "ledger/verify/walk.cpp": '#include "ledger/events/runs.hpp"\n',
    "ledger/store/open_internal.hpp": '#include <rocksdb/db.h>\n',
    "ledger/store/open.cpp": '#include "ledger/store/open_internal.hpp"\n',
    "keys/signer.hpp": '#include "ledger/base/hash.hpp"\n',
    "projections/board/fold.hpp": '#include "ledger/events/runs.hpp"\n',
    "cli/main.cpp": '#include <fstream>\n#include "keys/signer.hpp"\n',
    "tests/unit/open_test.cpp": '#include <rocksdb/db.h>\n#include "cli/app.hpp"\n'
                                '#include "ledger/store/open_internal.hpp"\n',
}

CROSSINGS = [
    ("ledger/base/a.hpp", '#include "ledger/merkle/tree.hpp"'),
    ("ledger/base/a.hpp", '#include <ledger/merkle/tree.hpp>'),
    ("ledger/merkle/a.cpp", '#include "ledger/format/entry.hpp"'),
    ("ledger/format/entry.cpp", '#include "ledger/merkle/tree.hpp"'),
    ("ledger/format/a.cpp", '#include "ledger/events/runs.hpp"'),
    ("ledger/events/a.cpp", '#include "ledger/verify/verify.hpp"'),
    ("ledger/verify/a.cpp", '#include "ledger/store/store.hpp"'),
    ("ledger/verify/a.cpp", '#include "projections/register/register.hpp"'),
    ("ledger/verify/a.cpp", '#include "keys/verifier.hpp"'),
    ("ledger/store/a.cpp", '#include "projections/register/register.hpp"'),
    ("ledger/verify/a.cpp", '#include <rocksdb/db.h>'),
    ("keys/a.cpp", '#include <rocksdb/db.h>'),
    ("projections/board/a.cpp", '#include <rocksdb/db.h>'),
    ("cli/commands/a.cpp", '  #  include <rocksdb/db.h>'),
    ("ledger/store/store.hpp", '#include <rocksdb/db.h>'),
    ("ledger/store/store.hpp", '#include "ledger/store/open_internal.hpp"'),
    ("cli/a.cpp", '#include "ledger/store/open_internal.hpp"'),
    ("keys/a.cpp", '#include "projections/board/fold.hpp"'),
    ("keys/a.cpp", '#include "ledger/format/entry.hpp"'),
    ("projections/a.cpp", '#include "keys/signer.hpp"'),
    ("projections/a.cpp", '#include "ledger/store/store.hpp"'),
    ("ledger/store/a.cpp", '#include "cli/context.hpp"'),
    ("keys/a.cpp", '#include "cli/context.hpp"'),
    ("projections/a.cpp", '#include "cli/context.hpp"'),
    ("cli/a.cpp", '#include "tests/support/temp_dir.hpp"'),
    ("ledger/verify/a.cpp", '#include "tests/support/temp_dir.hpp"'),
    ("ledger/verify/a.cpp", '#include "../store/store.hpp"'),
    ("ledger/verify/a.cpp", '#include "walk.hpp"'),
    ("ledger/verify/a.cpp", '/* "*/ #include "ledger/store/store.hpp"'),
    ("ledger/verify/a.cpp", '#include <fstream>'),
    ("projections/a.cpp", '#include <filesystem>'),
    ("ledger/verify/a.cpp", 'auto now = std::chrono::system_clock::now();'),
    ("ledger/base/a.cpp", 'auto home = std::getenv("HOME");'),
    ("ledger/format/a.cpp", 'std::ifstream in(path);'),
    ("ledger/format/a.cpp", 'std::ofstream out(path);'),
    ("ledger/events/a.cpp", 'FILE* file = fopen(path, "r");'),
    ("ledger/merkle/a.cpp", 'std::random_device device;'),
    ("projections/a.cpp", 'namespace fs = std::filesystem;'),
    ("ledger/other/a.cpp", ''),
]

HARMLESS = [
    ("ledger/verify/a.cpp", '// #include "ledger/store/store.hpp"'),
    ("ledger/verify/a.cpp", '/* system_clock and\n#include <rocksdb/db.h> */'),
    ("ledger/verify/a.cpp", 'const char* text = "no system_clock // here";'),
    ("ledger/verify/a.cpp", "const char quote = '\"'; // getenv"),
    ("ledger/store/a.cpp", 'auto now = std::chrono::steady_clock::now();'),
    ("keys/a.cpp", '#include <fcntl.h>'),
    ("cli/a.cpp", 'auto now = std::chrono::system_clock::now();'),
]


def problems_with(path, line):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**SOUND, path: line + "\n"}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return check_layers.check_tree(root)[0]


class CheckLayersTest(unittest.TestCase):
    program = ""

    def test_what_crosses_nothing_passes(self):
        for path, line in HARMLESS:
            with self.subTest(path=path, line=line):
                self.assertEqual(problems_with(path, line), [])

    def test_every_planted_crossing_is_refused_once_and_by_name(self):
        for path, line in CROSSINGS:
            with self.subTest(path=path, line=line):
                problems = problems_with(path, line)
                self.assertEqual(len(problems), 1, problems)
                self.assertTrue(problems[0].startswith(path + ": "), problems)

    def test_a_tree_without_files_is_no_proof(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(check_layers.main([folder]), 1)

    def test_a_program_that_links_rocksdb_is_refused(self):
        self.assertEqual(check_layers.main(["--program", self.program]), 1)


if __name__ == "__main__":
    CheckLayersTest.program = sys.argv.pop()
    unittest.main()
