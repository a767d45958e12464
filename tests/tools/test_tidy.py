"""tools/tidy forgets a file that passed when something that matters to it changes."""

import importlib.machinery
import importlib.util
from pathlib import Path

import pytest


@pytest.fixture
def tidy(checkout, monkeypatch):
    path = str(Path(__file__).resolve().parents[2] / "tools/tidy")
    loader = importlib.machinery.SourceFileLoader("tidy", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("tidy", loader))
    loader.exec_module(module)
    root = checkout({
        ".clang-tidy": "Checks: '*'\n",
        "src/base/a.h": "#pragma once\n",
        "src/base/b.h": '#pragma once\n#include "base/a.h"\n',
        "src/base/other.h": "#pragma once\n",
        "src/base/b.cc": '#include "base/b.h"\n',
    })
    monkeypatch.setattr(module, "REPO", root)
    return module


def fingerprint(tidy, flags=("-O2",)) -> str:
    tidy.ours_included_by.cache_clear()
    source = str(tidy.REPO / "src/base/b.cc")
    return tidy.fingerprint({"file": source, "arguments": [*flags, source]})


@pytest.mark.parametrize("changed", ["src/base/b.cc", "src/base/a.h", ".clang-tidy"])
def test_a_change_of_anything_included_is_noticed(tidy, changed):
    before = fingerprint(tidy)
    (tidy.REPO / changed).write_text("int changed;\n")
    assert fingerprint(tidy) != before


def test_other_flags_count_and_other_files_do_not(tidy):
    before = fingerprint(tidy)
    (tidy.REPO / "src/base/other.h").write_text("int changed;\n")
    assert fingerprint(tidy) == before
    assert fingerprint(tidy, ("-O0",)) != before


def test_a_finding_in_a_header_is_told_once(tidy):
    finding = f"{tidy.REPO}/src/base/a.h:1:2: error: bad [x]\n  code\n"
    other = f"{tidy.REPO}/src/base/b.cc:3:4: error: worse [y]\n"
    told = tidy.told_once([finding, finding + other])
    assert told == "src/base/a.h:1:2: error: bad [x]\n  code\nsrc/base/b.cc:3:4: error: worse [y]\n"
