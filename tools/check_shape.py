#!/usr/bin/env python3
"""The shape of files: sizes, names, READMEs, catalogued error codes, no machine's paths."""

import re
from pathlib import Path

from tree import Finding, files, main

MOST_LINES = 400
MOST_COLUMNS = 100
VAGUE_WORDS = {"util", "utils", "helper", "helpers", "common", "misc"}
OUR_FOLDERS = {"src", "tools", "tests", "bench"}

CATALOGUE = Path("src/base/error_catalog.cc")
CATALOGUED = re.compile(r'CatalogEntry\{\s*"([a-z_]+\.[a-z_]+)"')
# A form's choices (suggest) and file names look the same as codes.
LITERAL = re.compile(r'(?<!suggest\()"([a-z_]+\.(?!yaml|json)[a-z_]+)"')
COMMENT = re.compile(r"(?:^|\s)//.*")
GIVEN_AS_CODE = re.compile(r'\bcode\s*=\s*"([^"]+)"')

FRIEND = re.compile(r"^\s*friend\b")
MACHINE_PATH = re.compile(r"(?<![\w.$}/-])/(?:work|root|home/\w+)/\w")
GTEST = re.compile(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)")
PYTEST = re.compile(r"^\s*def test_(\w+)\(")
WORD = re.compile(r"[A-Z]+[a-z0-9]*|[a-z0-9]+")
FEWEST_WORDS = 3


def check(root: Path) -> list[Finding]:
    findings = []
    tree = files(root)
    for path in tree:
        try:
            lines = (root / path).read_text().splitlines()
        except UnicodeDecodeError:
            continue  # not text
        findings += _machine_paths(path, lines)
        if path.parts[0] in OUR_FOLDERS and path.suffix in (".h", ".cc", ".py"):
            findings += _file_shape(path, lines)
            findings += _test_names(path, lines)
        if path.parts[0] in OUR_FOLDERS and path.suffix in (".h", ".cc"):
            findings += _cpp_shape(path, lines)
    return findings + _readmes(tree) + _error_codes(root, tree)


def _machine_paths(path: Path, lines: list[str]) -> list[Finding]:
    text = "a path of one machine; make it relative, or take it from the environment"
    return [Finding(path, n, text) for n, line in enumerate(lines, 1) if MACHINE_PATH.search(line)]


def _file_shape(path: Path, lines: list[str]) -> list[Finding]:
    findings = []
    if len(lines) > MOST_LINES:
        text = f"{len(lines)} lines, the most is {MOST_LINES}; split it by what it does"
        findings.append(Finding(path, MOST_LINES + 1, text))
    vague = VAGUE_WORDS & set(path.stem.lower().split("_"))
    if vague:
        text = f"'{vague.pop()}' says nothing about what is inside; name the file by that"
        findings.append(Finding(path, 1, text))
    return findings


def _cpp_shape(path: Path, lines: list[str]) -> list[Finding]:
    findings = []
    if path.suffix == ".h" and "#pragma once" not in lines:
        findings.append(Finding(path, 1, "no #pragma once; add it above the includes"))
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_COLUMNS:
            text = f"{len(line)} columns, the most is {MOST_COLUMNS}; break the line"
            findings.append(Finding(path, number, text))
        if FRIEND.match(line):
            text = "a friend; give the class the public door that is missing, or join the two"
            findings.append(Finding(path, number, text))
    return findings


def _test_names(path: Path, lines: list[str]) -> list[Finding]:
    """A test's name says what happens: some words, not a number."""
    findings = []
    for number, line in enumerate(lines, 1):
        if gtest := GTEST.match(line):
            name, words = gtest[2], WORD.findall("".join(gtest.groups()))
        elif path.suffix == ".py" and (pytest := PYTEST.match(line)):
            name, words = f"test_{pytest[1]}", pytest[1].split("_")
        else:
            continue
        if len(words) < FEWEST_WORDS or words[-1].isdigit() and len(words) == FEWEST_WORDS:
            text = f"{name} does not say what happens; name the behaviour it shows"
            findings.append(Finding(path, number, text))
    return findings


def _readmes(tree: list[Path]) -> list[Finding]:
    folders = {path.parts[1] for path in tree
               if path.parts[0] == "src" and len(path.parts) > 2 and path.suffix in (".h", ".cc")}
    wanted = (Path("src") / folder / "README.md" for folder in sorted(folders))
    text = "is missing; one screen: purpose, doors in, doors out, threads"
    return [Finding(path, 1, text) for path in wanted if path not in tree]


def _error_codes(root: Path, tree: list[Path]) -> list[Finding]:
    if CATALOGUE not in tree:
        return []
    catalogue = (root / CATALOGUE).read_text()
    known = {code: catalogue[: catalogue.index(f'"{code}"')].count("\n") + 1
             for code in CATALOGUED.findall(catalogue)}
    areas = {code.split(".")[0] for code in known}
    used, findings = set(), []
    for path in tree:
        if path.parts[0] != "src" or path.suffix not in (".h", ".cc") or path == CATALOGUE:
            continue
        if "tests" in path.parts:
            continue
        for number, line in enumerate((root / path).read_text().splitlines(), 1):
            line = COMMENT.sub("", line)
            names = {n for n in LITERAL.findall(line) if n.split(".")[0] in areas}
            used |= names
            for code in sorted((names | set(GIVEN_AS_CODE.findall(line))) - set(known)):
                text = f"error code {code} is not catalogued; add it to {CATALOGUE}"
                findings.append(Finding(path, number, text))
    for code in sorted(set(known) - used):
        text = f"no source file uses {code}; remove the entry, or report it where it happens"
        findings.append(Finding(CATALOGUE, known[code], text))
    return findings


if __name__ == "__main__":
    main(check)
