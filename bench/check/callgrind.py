"""Counts instructions with valgrind's callgrind: the same on every machine and under any load.

valgrind runs the AVX2 paths, never the AVX-512 ones.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_COLLECTED = re.compile(r"Collected : (\d+)")
_TOTALS = re.compile(r"^totals: (\d+)", re.MULTILINE)


class NoCallgrind(Exception):
    """valgrind is not installed."""


class CountFailed(Exception):
    """The program ended badly, or callgrind's output is not what it was."""


def instructions(command: list[str]) -> int:
    """User-mode instructions of the whole process, all threads."""
    with tempfile.TemporaryDirectory() as folder:
        return collected(_run(command, Path(folder)).stderr)


def instructions_of_calls(command: list[str], function: str,
                          env: dict[str, str] | None = None) -> tuple[list[int], str]:
    """Those inside each call of the function, in order, and what the program printed.

    `function` is how its demangled name begins, with the first word behind the bracket. It must
    not be inlined. `env` comes on top of our own variables. callgrind heeds one option per
    pattern, hence two that match the same.
    """
    name = function[:function.rindex("(")]
    with tempfile.TemporaryDirectory() as folder:
        ran = _run(command, Path(folder), f"--zero-before={name}(*", f"--dump-after={function}*",
                   env=env)
        dumps = sorted(Path(folder).glob("profile.*"), key=lambda dump: int(dump.suffix[1:]))
        return [total(dump.read_text()) for dump in dumps], ran.stdout


def collected(output: str) -> int:
    """From what callgrind says at the end of a run."""
    found = _COLLECTED.search(output)
    if found is None:
        raise CountFailed(f"callgrind gave no count: {output.strip()[-200:]}")
    return int(found[1])


def total(profile: str) -> int:
    """From the profile that callgrind wrote."""
    found = _TOTALS.search(profile)
    if found is None:
        raise CountFailed("callgrind wrote a profile without totals")
    return int(found[1])


def _run(command: list[str], folder: Path, *options: str,
         env: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    if shutil.which("valgrind") is None:
        raise NoCallgrind("valgrind is not installed; `make setup` installs it")
    ran = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/profile", *options,
         *command], capture_output=True, text=True, env=os.environ | (env or {}))
    if ran.returncode != 0:
        raise CountFailed(f"{command[0]} ended with code {ran.returncode}: "
                          f"{ran.stderr.strip()[-400:]}")
    return ran
