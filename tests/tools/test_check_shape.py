"""The shape check lets good trees pass and names what is wrong with bad ones."""

import check_shape
import pytest

CATALOGUE = 'CatalogEntry{"kafka.auth", "", ""},\nCatalogEntry{"kafka.gone", "", ""},\n'
GOOD = {
    "README.md": "see docs/work/plan and https://host/work/a\n",
    "src/base/README.md": "",
    "src/base/error_catalog.cc": CATALOGUE,
    "src/kafka/README.md": "",
    "src/kafka/errors.cc": 'f("kafka.auth"); e.code = "kafka.gone"; suggest("kafka.topics");\n',
    "src/kafka/errors.h": "#pragma once\n",
    "src/kafka/tests/a_test.cc": 'TEST(Errors, NameTheRemedy) { "kafka.none"; }\n',
    "tests/test_a.py": "def test_rows_arrive_once():\n",
}


def texts(root) -> list[str]:
    return [str(finding) for finding in check_shape.check(root)]


def test_a_tree_in_good_shape_passes(checkout):
    assert texts(checkout(GOOD)) == []


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("src/kafka/long.cc", "x\n" * 401, "src/kafka/long.cc:401: 401 lines, the most is 400"),
        ("tools/long.py", "x\n" * 401, "tools/long.py:401: 401 lines"),
        ("src/kafka/wide.cc", "\n" + "x" * 101, "src/kafka/wide.cc:2: 101 columns"),
        ("src/kafka/a.h", "int f();\n", "src/kafka/a.h:1: no #pragma once"),
        ("src/kafka/string_utils.cc", "", "'utils' says nothing"),
        ("tests/helpers.py", "", "'helpers' says nothing"),
        ("src/kafka/a.cc", "  friend class B;\n", "src/kafka/a.cc:1: a friend"),
        ("src/engine/lane.cc", "", "src/engine/README.md:1: is missing"),
        ("src/kafka/a.cc", 'e.code = "kafka.new";\n', "error code kafka.new is not catalogued"),
        ("src/kafka/a.cc", 'e.code = "disk.full";\n', "error code disk.full is not catalogued"),
        ("src/kafka/a.cc", 'fail("kafka.new", why);\n', "error code kafka.new is not catalogued"),
        ("src/kafka/errors.cc", 'f("kafka.auth");\n',
         "src/base/error_catalog.cc:2: no source file uses kafka.gone"),
        ("docs/a.md", "run /" + "work/main/build\n", "docs/a.md:1: a path of one machine"),
        ("tools/b", "cd /" + "root/x\n", "tools/b:1: a path of one machine"),
        ("src/kafka/tests/b_test.cc", "TEST(Errors, Basic) {\n", "Basic does not say what happens"),
        ("tests/test_b.py", "def test_pipe_2():\n", "test_pipe_2 does not say what happens"),
    ],
)
def test_a_tree_out_of_shape_is_refused(checkout, file, text, found):
    assert any(found in line for line in texts(checkout({**GOOD, file: text})))


def test_files_git_ignores_are_not_looked_at(checkout):
    root = checkout({**GOOD, ".gitignore": "/build/\n", "build/a.md": "/" + "work/main\n"})
    assert texts(root) == []
