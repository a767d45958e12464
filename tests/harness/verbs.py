"""`penstock` verbs that come back by themselves: check, sample, errors, audit."""

import json
import subprocess
from pathlib import Path

from harness.places import PENSTOCK, required
from harness.processes import Process


class Verbs:
    """Runs verbs on one pipe document, a dict that is written to `folder`."""

    def __init__(self, folder: Path, document: dict):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._path = folder / "document.json"
        self._path.write_text(json.dumps(document))

    def run(self, *words: str, code: int = 0) -> str:
        """The output, once the verb has ended with `code`."""
        ended = subprocess.run(self._command(words), capture_output=True, text=True, timeout=300,
                               check=False)
        assert ended.returncode == code, ended.stdout + ended.stderr
        return ended.stdout

    def json(self, *words: str, code: int = 0) -> dict:
        return json.loads(self.run(*words, "--output", "json", code=code))

    def start(self, *words: str) -> Process:
        """The same as a process that may be killed."""
        return Process(self._command(words), self.folder / "verb.log")

    def _command(self, words: tuple[str, ...]) -> list:
        return [required(PENSTOCK), *words, "-f", self._path]
