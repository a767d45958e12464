"""Small made-up checkouts for the checks to look at."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))


@pytest.fixture
def checkout(tmp_path):
    """Writes files into a fresh checkout and returns its root: `checkout({path: text})`."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    def write(tree: dict[str, str]) -> Path:
        for name, text in tree.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return tmp_path

    return write
