#!/usr/bin/env python3
"""Compares generated pages with what the program prints now. `--write` writes them anew."""

import subprocess
import sys
from pathlib import Path

from tree import Finding, main

# (arguments of build/release/penstock, page it prints). Add a line when a page appears.
GENERATED: list[tuple[list[str], str]] = [
    (["explain", "--markdown"], "docs/reference/errors.md"),
    (["explain", "types"], "docs/reference/types.md"),
    (["check", "--reference"], "docs/reference/pipe.md"),
    (["check", "--schema"], "docs/reference/pipe.schema.json"),
]


def check(root: Path, generated: list[tuple[list[str], str]] | None = None,
          write: bool = False) -> list[Finding]:
    findings = []
    for arguments, page in GENERATED if generated is None else generated:
        command = [root / "build/release/penstock", *arguments]
        printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        path = root / page
        if write:
            path.write_text(printed)
        elif not path.exists() or path.read_text() != printed:
            text = "is not what the program prints; run tools/check_docs.py --write"
            findings.append(Finding(Path(page), 1, text))
    return findings


if __name__ == "__main__":
    main(lambda root: check(root, write="--write" in sys.argv[1:]))
