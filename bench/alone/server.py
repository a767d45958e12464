"""What the ClickHouse server needs by itself, one thread: its parsers, and blocks like ours."""

from pathlib import Path
from time import monotonic

import requests
from harness.clickhouse import EmbeddedClickHouse

from whole.case import Case
from whole.measure import commit, cpu_model, cpu_seconds, peak_memory_mb

_ONE_THREAD = {"max_threads": 1, "max_insert_threads": 1, "input_format_parallel_parsing": 0,
               "date_time_input_format": "best_effort"}
_BLOCK_ROWS = 1_000_000


class ServerAlone:
    """Construction starts a server and makes the messages; of JSON's cases as Native, too. `run()`
    inserts each once and gives result lines. Raises RuntimeError when not all rows went in."""

    def __init__(self, case: Case, folder: Path):
        self._case = case
        self._messages = folder / "messages"
        self._message_bytes = case.write_messages(self._messages)
        self._native = folder / "messages.native"
        self._clickhouse = EmbeddedClickHouse(folder / "clickhouse")
        query = self._clickhouse.query
        self._version = query("SELECT version()")
        query(f"CREATE TABLE nowhere ({case.clickhouse_columns}) ENGINE = Null")
        query("SYSTEM STOP MERGES")
        if case.format.name == "json":
            self._write_native()

    def run(self) -> list[dict]:
        case = self._case
        parsed = self._line(f"parse/{case.name}", f"clickhouse-{case.format.file.lower()}",
                            "nowhere", case.format.file, self._messages, self._message_bytes)
        return [parsed, *self._native_lines()] if self._native.exists() else [parsed]

    def _native_lines(self) -> list[dict]:
        name, query = self._case.name, self._clickhouse.query
        lines = [self._line(f"insert/{name}", "clickhouse-native-null", "nowhere", "Native",
                            self._native, self._native.stat().st_size, times=5)]
        query(self._case.create_table("target"))
        lines.append(self._line(f"insert/{name}", "clickhouse-native-mergetree", "target", "Native",
                                self._native, self._native.stat().st_size))
        query("DROP TABLE target SYNC")
        return lines

    def stop(self) -> None:
        self._clickhouse.stop()

    def _write_native(self) -> None:
        self._clickhouse.query(self._case.create_table("source"))
        with open(self._messages, "rb") as data:
            self._clickhouse.query("INSERT INTO source FORMAT JSONEachRow", data, **_ONE_THREAD)
        statement = (f"SELECT * FROM source SETTINGS max_threads = 1, max_block_size = "
                     f"{_BLOCK_ROWS}, preferred_block_size_bytes = 0 FORMAT Native")
        with requests.post(self._clickhouse.url, statement, stream=True, timeout=300) as answer:
            answer.raise_for_status()
            with open(self._native, "wb") as file:
                for piece in answer.iter_content(1 << 20):
                    file.write(piece)

    def _line(self, case: str, system: str, table: str, format: str, file: Path, size: int,
              times: int = 1) -> dict:
        """So many inserts, each of all rows; the server's CPU time from before them until the last
        one's answer."""
        pid = self._clickhouse.process.pid
        rows, cpu, began = self._inserted(), cpu_seconds(pid), monotonic()
        for _ in range(times):
            with open(file, "rb") as data:
                self._clickhouse.query(f"INSERT INTO {table} FORMAT {format}", data,
                                       **_ONE_THREAD, **self._settings_of(format))
        cpu, wall = cpu_seconds(pid) - cpu, monotonic() - began
        if (rows := self._inserted() - rows) != self._case.rows * times:
            raise RuntimeError(f"{case}, {system}: {rows} rows went in, must be "
                               f"{times} times {self._case.rows}")
        return {"case": case, "system": system, "rows": rows, "bytes": size * times, "cpu_s": 0,
                "server_cpu_s": round(cpu, 3), "wall_s": round(wall, 3),
                "peak_rss_mb": round(peak_memory_mb(pid), 1), "instructions": None,
                "flags": f"ClickHouse {self._version}, one thread, no parallel parsing",
                "commit": commit(), "cpu": cpu_model()}

    def _settings_of(self, format: str) -> dict[str, str]:
        return {} if format == "Native" else self._case.clickhouse_settings

    def _inserted(self) -> int:
        found = self._clickhouse.query(
            "SELECT sum(value) FROM system.events WHERE event = 'InsertedRows'")
        return int(found)
