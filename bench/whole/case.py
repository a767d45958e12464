"""What one case of the whole-pipe benchmark is: its messages and its table."""

import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from harness.places import PRODUCE, required

from whole.message_format import FORMATS, MessageFormat

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Case:
    """`columns` are (name, type) pairs; `engine` is all that follows ENGINE = in the DDL.
    `systems` are those it compares; none: all but variants."""

    name: str
    event: str
    format: MessageFormat
    rows: int
    partitions: int
    engine: str
    columns: tuple[tuple[str, str], ...]
    systems: tuple[str, ...] = ()

    @classmethod
    def read(cls, name: str, quick: bool) -> "Case":
        """From <name>/case.toml; `quick` takes its smaller number of rows."""
        said = tomllib.loads((FOLDER / name / "case.toml").read_text())
        listing = _produce("--event", said["event"], "--columns").decode()
        columns = tuple(tuple(line.split(" ", 1)) for line in listing.splitlines())
        rows = said["quick_rows"] if quick else said["rows"]
        return cls(name, said["event"], FORMATS[said.get("format", "json")], rows,
                   said["partitions"], said["engine"], columns, tuple(said.get("systems", ())))

    @classmethod
    def names(cls) -> list[str]:
        return sorted(path.parent.name for path in FOLDER.glob("*/case.toml"))

    @property
    def column_list(self) -> str:
        """As CREATE TABLE wants it, without the brackets."""
        return ", ".join(f"{name} {type}" for name, type in self.columns)

    @property
    def clickhouse_columns(self) -> str:
        """The same for what ClickHouse's own reader of the format fills."""
        return ", ".join(f"{name} {self.format.columns.get(name, type)}"
                         for name, type in self.columns)

    @property
    def clickhouse_values(self) -> str:
        """The columns of our table, made of those."""
        return ", ".join(f"{self.format.values[name]} AS {name}"
                         if name in self.format.values else name for name, _ in self.columns)

    @property
    def clickhouse_settings(self) -> dict[str, str]:
        """For that reader."""
        return self.format.settings(self.event, self.schema)

    @property
    def schema(self) -> str:
        """Of the messages; nothing for JSON."""
        return _produce(*self._messages, "--schema").decode()

    def create_table(self, table: str) -> str:
        return f"CREATE TABLE {table} ({self.column_list}) ENGINE = {self.engine}"

    def write_messages(self, file: Path) -> int:
        """Every message, as a file that ClickHouse reads; returns the bytes of all values."""
        return self._produce_all(self._messages, file)

    def write_json(self, file: Path) -> None:
        """The same messages as JSON, each on a line of its own."""
        self._produce_all(["--event", self.event], file)

    def fill_topic(self, brokers: str, topic: str, schema_id: int | None) -> int:
        """Creates the topic and sends every message to it, compressed with lz4; returns the bytes
        of all values. `schema_id`: of the frame, where the format has one."""
        frame = [] if schema_id is None else ["--schema-id", str(schema_id)]
        ran = _run(*self._messages, *frame, "--count", str(self.rows), "--brokers", brokers,
                   "--topic", topic, "--partitions", str(self.partitions))
        return _bytes(ran)

    @property
    def _messages(self) -> list[str]:
        return ["--event", self.event, "--format", self.format.name]

    def _produce_all(self, messages: list[str], file: Path) -> int:
        with open(file, "wb") as output:
            return _bytes(_run(*messages, "--count", str(self.rows), "--print", output=output))


def _bytes(ran: subprocess.CompletedProcess) -> int:
    return int(re.search(r"(\d+) bytes", ran.stderr.decode())[1])


def _produce(*arguments: str) -> bytes:
    return _run(*arguments).stdout


def _run(*arguments: str, output=subprocess.PIPE) -> subprocess.CompletedProcess:
    command = [required(PRODUCE), *arguments]
    return subprocess.run(command, stdout=output, stderr=subprocess.PIPE, check=True)
