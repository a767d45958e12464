#!/usr/bin/env python3
"""Compares what each folder of src/ includes with what its CMakeLists.txt says it needs.

A folder may need lower layers only, so siblings never include each other. Headers of third
parties stay in .cc files and in headers named client.h or *_private.h.
"""

import re
from pathlib import Path

from tree import Finding, files, main

LAYERS = [
    {"base"},
    {"spec", "model", "http"},
    {"contract"},
    {"formats", "registry", "transforms", "kafka", "kinesis", "clickhouse", "embedded"},
    {"engine"},
    {"control"},
    {"app"},
]
LEVEL = {folder: level for level, folders in enumerate(LAYERS) for folder in folders}

DECLARATION = re.compile(r"penstock_folder\(\s*(\w+)([^)]*)\)")
OURS = re.compile(r'^\s*#\s*include\s+"([^"]+)"')
THEIRS = re.compile(r"^\s*#\s*include\s+<([^>]+)>")
STANDARD = re.compile(r"[a-z_0-9]+")  # <vector>, <cstdint>: no dot, no slash


def check(root: Path) -> list[Finding]:
    findings: list[Finding] = []
    tree = files(root)
    needs = _declared_needs(root, tree, findings)
    used: dict[str, set[str]] = {folder: set() for folder in needs}
    for path in tree:
        if path.parts[0] == "src" and len(path.parts) > 2 and path.suffix in (".h", ".cc"):
            findings += _check_file(root, path, needs, used)
    for folder, declared in needs.items():
        sources = any(path.parts[:2] == ("src", folder) and path.suffix == ".cc" for path in tree)
        for unused in sorted(declared - used[folder]) if sources else []:
            text = f"{folder} needs {unused} but includes nothing of it; take it out of NEEDS"
            findings.append(Finding(Path("src") / folder / "CMakeLists.txt", 1, text))
    return findings


def _declared_needs(root: Path, tree: list[Path], findings: list[Finding]) -> dict[str, set[str]]:
    needs = {}
    for path in tree:
        if path.parts[0] != "src" or len(path.parts) != 3 or path.name != "CMakeLists.txt":
            continue
        folder = path.parts[1]
        declared = DECLARATION.search((root / path).read_text())
        if folder not in LEVEL:
            text = f"{folder} has no layer; give it one in LAYERS of tools/check_layers.py"
            findings.append(Finding(path, 1, text))
        if declared is None or declared[1] != folder:
            text = f"declares no folder; say penstock_folder({folder} …)"
            findings.append(Finding(path, 1, text))
            continue
        words = declared[2].split("THIRD_PARTY")[0].split()
        needs[folder] = set(words) - {"NEEDS"}
        for lower in sorted(needs[folder]):
            if LEVEL.get(lower, 99) >= LEVEL.get(folder, 99):
                text = (f"{folder} may not need {lower}, which is no lower layer; "
                        "move what they share down")
                findings.append(Finding(path, 1, text))
    return needs


def _check_file(root: Path, path: Path, needs: dict[str, set[str]],
                used: dict[str, set[str]]) -> list[Finding]:
    findings = []
    folder = path.parts[1]
    private = path.name == "client.h" or path.name.endswith("_private.h")
    may_include_foreign = path.suffix == ".cc" or private or "tests" in path.parts
    for number, line in enumerate((root / path).read_text().splitlines(), 1):
        if ours := OURS.match(line):
            text = _about_ours(root, folder, ours[1], needs)
            used.setdefault(folder, set()).add(ours[1].split("/")[0])
        elif (theirs := THEIRS.match(line)) and not STANDARD.fullmatch(theirs[1]):
            text = "" if may_include_foreign else (
                f"<{theirs[1]}> in a header others include; move it to the .cc file, or to a "
                "client.h or *_private.h of this folder")
        else:
            continue
        if text:
            findings.append(Finding(path, number, text))
    return findings


def _about_ours(root: Path, folder: str, name: str, needs: dict[str, set[str]]) -> str:
    target = name.split("/")[0]
    if "/" not in name or not (root / "src" / name).is_file():
        return f'"{name}" is no file below src/; write includes as "folder/file.h"'
    if target != folder and target not in needs.get(folder, set()):
        return (f"{folder} does not need {target}; add it to NEEDS if it is a lower layer, "
                "else let the upper one include")
    return ""


if __name__ == "__main__":
    main(check)
