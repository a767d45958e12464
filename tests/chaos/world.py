"""One scenario's topic, table, load and pipes, and the verbs scenarios are written in."""

import contextlib
import itertools
import random
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chaos.load import Load
from chaos.parts import Parts
from chaos.verdict import Verdict, judge
from harness import Pipe, Route, Topic, pipe_document, wait_for

PARTITIONS = 4
PATIENCE = 120  # seconds for rows to flow again
INSERT_THREADS = 2
INSERTS_OF_A_SHARE = 8
SHARES_OF_A_ROUND = 3  # before the fault, during it and after it


@dataclass(frozen=True)
class Plan:
    """How much of a scenario. The seed decides what is drawn, never when it happens."""

    messages: int
    times: int
    window: int = 10_000  # inserts whose tokens the table remembers; 0: it remembers none
    keeps_tokens: bool = True  # False: on its way every attempt gets a token of its own
    insert_seconds: float = 0  # what every insert costs the server besides
    seed: int = 1


class World:
    """Use it in `with`: pipes end with it, servers stay."""

    def __init__(self, folder: Path, parts: Parts, plan: Plan):
        self.parts = parts
        self.plan = plan
        self.draw = random.Random(plan.seed)
        self.recoveries: list[float] = []
        self.faults = parts.faults()
        if not plan.keeps_tokens:
            self.faults.rewrite("insert_deduplication_token", lambda _: uuid.uuid4().hex)
        self.name = f"chaos_{uuid.uuid4().hex[:8]}"
        self.table = f"{self.name}.t"
        self._folder = folder
        self._pipes: list[Pipe] = []
        self._numbers = itertools.count()
        self._create_table()
        self.topic = Topic(parts.broker, self.name, PARTITIONS)
        self.load = Load(self.topic, plan.messages, plan.times * SHARES_OF_A_ROUND)

    def run_pipe(self, url: str = "", brokers: str = "") -> Pipe:
        """Another member of the same group; by default it meets `faults` on its way."""
        document = pipe_document(
            self.name, brokers=brokers or self.parts.broker.address, topics=self.topic.name,
            url=url or self.faults.url, database=self.name, table="t", settings={
                "max_insert_rows": max(1, self._rows_of_a_share() // INSERTS_OF_A_SHARE),
                "streaming_max_insert_wait_ms": 100,
                "insert_threads": INSERT_THREADS,
                "lanes": 1,
                "kafka.session.timeout.ms": 1000,  # the group soon forgets who was killed
                "kafka.heartbeat.interval.ms": 250,
            })
        self._pipes.append(Pipe(self._folder / f"pipe-{next(self._numbers)}", document))
        return self._pipes[-1]

    def answers_route(self) -> Route:
        """A way to ClickHouse, by `faults`, whose connections can be spoilt."""
        return self.parts.proxy.route(self.faults.port)

    def rounds(self) -> Iterator[int]:
        """Each begins a drawn moment after its share of the load began to arrive."""
        for number in range(self.plan.times):
            before = self.rows()
            self.load.share()
            self.wait_until(lambda: self.rows() > before, "the first rows of a share")
            time.sleep(self.draw.random() * 0.05)
            yield number
        self.load.rest()
        self.wait_until(self.all_stored, "all rows")

    @contextlib.contextmanager
    def fault(self, until: Callable[[], bool] | None = None) -> Iterator[None]:
        """What is done in here hurts. Then comes a share of the load, and when rows flow again
        (or `until` is true) the time since the beginning is noted."""
        began = time.monotonic()
        yield
        before = self.rows()
        self.load.share()
        self.wait_until(until or (lambda: self.rows() > before), "rows after a fault")
        self.recoveries.append(time.monotonic() - began)

    def rows(self) -> int:
        return int(self.parts.clickhouse.query(
            f"SELECT total_rows FROM system.tables WHERE database = '{self.name}' AND name = 't'"))

    def attempts_seen(self) -> int:
        """Inserts that came by `faults`, repeated ones included, and questions before repeats."""
        return sum("`t`" in seen.query or "query_id LIKE" in seen.query for seen in self.faults.seen)

    def all_stored(self) -> bool:
        """Every message sent so far has a row."""
        stored = self.parts.clickhouse.query(f"SELECT uniqExact(seq) FROM {self.table}")
        return int(stored) == self.load.sent

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        def met() -> bool:
            for pipe in self._pipes:
                if not pipe.running and pipe.process.exit_code == 3:
                    raise RuntimeError(f"a pipe gave up\n{pipe.process.tail()}")
            return condition()

        wait_for(met, PATIENCE, what, pause=0.01)

    def verdict(self) -> Verdict:
        """Stops all pipes and counts, when no insert is on its way any more. Everything must be
        committed by then."""
        codes = [pipe.stop() for pipe in self._pipes if pipe.running]
        if any(codes):
            raise RuntimeError(f"pipes did not stop in order: exit codes {codes}")
        self.wait_until(lambda: self.faults.late() == 0 and not self.inserting(), "late inserts")
        committed, ends = self.topic.committed(f"{self.name}-group"), self.topic.end_offsets()
        if committed != ends:
            raise RuntimeError(f"stopped at {committed}, the topic ends at {ends}")
        return judge(self.parts.clickhouse, self.table, self.plan.messages)

    def inserting(self) -> bool:
        running = "SELECT count() FROM system.processes WHERE query LIKE 'INSERT INTO%'"
        return self.parts.clickhouse.query(running) != "0"

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_) -> None:
        for pipe in self._pipes:
            pipe.kill()
        self.faults.close()
        self.topic.delete()
        self.parts.clickhouse.query(f"DROP DATABASE {self.name} SYNC")

    def _rows_of_a_share(self) -> int:
        return self.plan.messages // (self.plan.times * SHARES_OF_A_ROUND)

    def _create_table(self) -> None:
        """With a DEFAULT that makes every repeat differ from what it repeats."""
        slow = f", slow UInt8 DEFAULT sleep({self.plan.insert_seconds})"
        self.parts.clickhouse.query(f"CREATE DATABASE {self.name}")
        self.parts.clickhouse.query(f"""
            CREATE TABLE {self.table} (
                seq UInt64, key LowCardinality(String), _topic LowCardinality(String),
                _partition UInt16, _offset UInt64,
                draw UInt64 DEFAULT rand64(){slow if self.plan.insert_seconds else ''})
            ENGINE = MergeTree ORDER BY seq SETTINGS enable_block_number_column = 1,
                non_replicated_deduplication_window = {self.plan.window}""")
