"""One case: its topic is filled once, then every system drains it into a server of its own."""

import shutil
import time
from datetime import datetime, timezone
from pathlib import Path

from harness.broker import Broker
from harness.clickhouse import EmbeddedClickHouse
from harness.processes import Process
from harness.registry import Registry
from harness.waiting import wait_for

from whole.case import Case
from whole.measure import InstructionCount, commit, cpu_model, cpu_seconds, peak_memory_mb
from whole.result import Result
from whole.system import Job, System

TABLE = "events"
TOPIC = "events"
MOST_SECONDS = 900  # for one run; a system that is slower than that failed

# Merges have calmed down when none ran and the set of parts stayed the same for so long.
CALM_SECONDS = 4.0
MOST_CALMING_SECONDS = 180


class Failed(Exception):
    """A run that gives no figure, and why."""


class Contest:
    """Construction starts the broker, fills the topic and asks ClickHouse itself what the table
    must hold; `run()` measures one system once."""

    def __init__(self, case: Case, folder: Path):
        self.case = case
        self._folder = folder
        messages = folder / "messages.jsonl"
        case.write_json(messages)
        self._expected = self._load_messages(messages)
        messages.unlink()
        self._registry = Registry(folder / "registry") if case.format.in_registry else None
        schema_id = None
        if self._registry is not None:
            schema_id = self._registry.register(f"{TOPIC}-value", case.schema)
        self._broker = Broker(folder / "broker")
        self._bytes = case.fill_topic(self._broker.address, TOPIC, schema_id)

    def run(self, system: System, number: int) -> tuple[Result, str]:
        """The figures, and a remark on what they do not hold. Raises Failed."""
        folder = self._folder / f"{system.name}-{number}"
        clickhouse = EmbeddedClickHouse(folder / "clickhouse")
        try:
            clickhouse.query(self.case.create_table(TABLE))
            job = Job(self.case, self._broker.address, TOPIC, f"{system.name}-{number}",
                      clickhouse, TABLE, folder, self._registry.url if self._registry else None)
            return self._measure(system, job, number)
        except Failed:
            raise
        except Exception as error:
            raise Failed(f"{type(error).__name__}: {error}") from error
        finally:
            clickhouse.stop()
            shutil.rmtree(folder / "clickhouse", ignore_errors=True)

    def close(self) -> None:
        self._broker.stop()
        if self._registry is not None:
            self._registry.stop()

    def _measure(self, system: System, job: Job, number: int) -> tuple[Result, str]:
        server, broker = job.clickhouse.process, self._broker.process
        _wait_until_calm(job.clickhouse)
        server_before, broker_before = cpu_seconds(server.pid), cpu_seconds(broker.pid)
        date = datetime.now(timezone.utc).isoformat(timespec="seconds")
        began = time.monotonic()
        processes = system.start(job)
        counts = [InstructionCount(process.pid, job.folder / f"instructions-{process.pid}")
                  for process in processes]
        try:
            wait_for(lambda: self._arrived(job, processes), MOST_SECONDS, "all rows", pause=0.2)
            wall = time.monotonic() - began
            _end(processes)
        finally:
            for process in processes:
                if process.running:
                    process.kill()
        calming = _wait_until_calm(job.clickhouse)
        server_cpu = cpu_seconds(server.pid) - server_before
        server_memory = peak_memory_mb(server.pid)
        self._compare(job)
        instructions = [count.read() for count in counts]
        result = Result(
            case=self.case.name, system=system.name, rows=self.case.rows, bytes=self._bytes,
            cpu_s=round(sum(process.usage.cpu_seconds for process in processes), 3),
            server_cpu_s=round(server_cpu, 3), wall_s=round(wall, 3),
            peak_rss_mb=round(sum(p.usage.peak_memory_bytes for p in processes) / 2**20, 1)
            if processes else round(server_memory, 1),
            instructions=sum(instructions) if instructions and None not in instructions else None,
            flags=system.flags(job), commit=commit(), cpu=cpu_model(), run=number, date=date)
        remark = (f"broker {cpu_seconds(broker.pid) - broker_before:.1f} CPU s, server's peak "
                  f"{server_memory:.0f} MB, merges calm {calming:.0f} s after the last row")
        return result, remark

    def _arrived(self, job: Job, processes: list[Process]) -> bool:
        for process in processes:
            if process.exit_code not in (None, 0):
                raise Failed(f"{process.name} ended with code {process.exit_code}\n"
                             f"{process.tail(15)}".rstrip())
        rows = int(job.clickhouse.query(f"SELECT count() FROM {TABLE}"))
        if rows < self.case.rows and processes and not any(p.running for p in processes):
            raise Failed(f"it ended with {rows} of {self.case.rows} rows in the table")
        return rows >= self.case.rows

    def _compare(self, job: Job) -> None:
        found = _fingerprint(self.case, job.clickhouse)
        if found != self._expected:
            raise Failed(f"the table has {found}, must have {self._expected} (rows, hash)")

    def _load_messages(self, messages: Path) -> str:
        clickhouse = EmbeddedClickHouse(self._folder / "expected")
        try:
            clickhouse.query(self.case.create_table(TABLE))
            with open(messages, "rb") as data:
                clickhouse.query(f"INSERT INTO {TABLE} FORMAT JSONEachRow", data,
                                 date_time_input_format="best_effort")
            return _fingerprint(self.case, clickhouse)
        finally:
            clickhouse.stop()
            shutil.rmtree(self._folder / "expected", ignore_errors=True)


def _fingerprint(case: Case, clickhouse: EmbeddedClickHouse) -> str:
    """Row count and a hash of all values that neither the order of rows nor that of a map's
    entries changes."""
    values = ", ".join(f"mapSort({name})" if type.startswith("Map(") else name
                       for name, type in case.columns)
    found = clickhouse.query(f"SELECT count(), sum(cityHash64({values})) FROM {TABLE}")
    return found.replace("\t", ", ")


def _end(processes: list[Process]) -> None:
    """Lets those that end by themselves do so, and asks the others to."""
    for process in processes:
        try:
            code = process.wait(2)
        except TimeoutError:
            process.stop()
        else:
            if code != 0:
                raise Failed(f"{process.name} ended with code {code} after the last row")


def _wait_until_calm(clickhouse: EmbeddedClickHouse) -> float:
    """Seconds until the last change of parts; also returns when it never calms down."""
    began = changed = time.monotonic()
    seen = None
    while (now := time.monotonic()) - changed < CALM_SECONDS:
        state = clickhouse.query(
            "SELECT (SELECT count() FROM system.merges), groupArray(name) FROM "
            "(SELECT name FROM system.parts WHERE active AND database = 'default' ORDER BY name)")
        if state != seen or not state.startswith("0\t"):
            seen, changed = state, now
        if now - began > MOST_CALMING_SECONDS:
            break
        time.sleep(0.5)
    return changed - began
