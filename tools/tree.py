"""What the checks look at: the files of a checkout, and how a finding is told."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that breaks a rule, and what to do about it."""

    file: Path  # relative to the checkout
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


def files(root: Path) -> list[Path]:
    """Every file git tracks or would track, relative to `root`, sorted."""
    command = ["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted({Path(name) for name in names if name and (root / name).is_file()})


def main(check: Callable[[Path], list[Finding]]) -> None:
    """Runs a check on the checkout this file is in; exits 1 when it finds something."""
    findings = check(Path(__file__).resolve().parents[1])
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)
