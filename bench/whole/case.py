"""What one case of the whole-pipe benchmark is: its messages and its table."""

import os
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from harness.places import PRODUCE, required

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Case:
    """`columns` are (name, type) pairs; `engine` is all that follows ENGINE = in the DDL."""

    name: str
    event: str
    rows: int
    partitions: int
    engine: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, name: str, quick: bool) -> "Case":
        """From <name>/case.toml; `quick` takes its smaller number of rows."""
        said = tomllib.loads((FOLDER / name / "case.toml").read_text())
        listing = _produce("--event", said["event"], "--columns").decode()
        columns = tuple(tuple(line.split(" ", 1)) for line in listing.splitlines())
        rows = said["quick_rows"] if quick else said["rows"]
        return cls(name, said["event"], rows, said["partitions"], said["engine"], columns)

    @classmethod
    def names(cls) -> list[str]:
        return sorted(path.parent.name for path in FOLDER.glob("*/case.toml"))

    @property
    def column_list(self) -> str:
        """As CREATE TABLE wants it, without the brackets."""
        return ", ".join(f"{name} {type}" for name, type in self.columns)

    def create_table(self, table: str) -> str:
        return f"CREATE TABLE {table} ({self.column_list}) ENGINE = {self.engine}"

    def write_messages(self, file: Path) -> int:
        """Every message on a line of its own; returns the bytes of all values."""
        with open(file, "wb") as output:
            _produce("--event", self.event, "--count", str(self.rows), "--print", output=output)
        return os.path.getsize(file) - self.rows

    def fill_topic(self, brokers: str, topic: str) -> None:
        """Creates the topic and sends every message to it, compressed with lz4."""
        _produce("--event", self.event, "--count", str(self.rows), "--brokers", brokers,
                 "--topic", topic, "--partitions", str(self.partitions))


def _produce(*arguments: str, output=subprocess.PIPE) -> bytes:
    command = [required(PRODUCE), *arguments]
    return subprocess.run(command, stdout=output, stderr=subprocess.DEVNULL, check=True).stdout
