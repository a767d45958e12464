"""From produce to visible: 10,000 messages a second into a pipe that may wait 50 ms.

A message's start is its Kafka timestamp, taken when it was handed to the producer. Its end is the
arrival of the first answer to `SELECT count()` that includes it: one partition, so that the rows
become visible in the order they were produced in. Exit code 1 when rows are missing or doubled.
"""

import argparse
import json
import sys
import tempfile
import time
from bisect import bisect_right
from datetime import datetime, timezone
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(BENCH), str(BENCH.parent / "tests")]

import requests  # noqa: E402
from harness.broker import Broker  # noqa: E402
from harness.clickhouse import EmbeddedClickHouse  # noqa: E402
from harness.pipe import Pipe, pipe_document  # noqa: E402
from harness.places import PRODUCE  # noqa: E402
from harness.processes import Process  # noqa: E402
from harness.topic import Topic  # noqa: E402
from harness.waiting import wait_for  # noqa: E402

from whole.case import Case  # noqa: E402
from whole.measure import commit, cpu_model, cpu_seconds  # noqa: E402
from whole.penstock import Penstock  # noqa: E402

PAUSE_SECONDS = 0.005  # between two looks at the table
LOOKS_PER_PARTS = 20  # counting parts costs the server twice as much as counting rows
WARM_UP_ROWS = 10_000  # sent and seen before anything is measured
TOPIC, TABLE = "events", "events"


def produce(broker: Broker, count: int, rate: int, seed: int) -> Process:
    return Process([PRODUCE, "--brokers", broker.address, "--topic", TOPIC, "--count", count,
                    "--rate", rate, "--seed", seed], broker.log.with_name("produce.log"))


class Watch:
    """Looks at the table again and again: how many rows when, and now and then how many parts."""

    ROWS = f"SELECT count() FROM {TABLE}"
    PARTS = f"SELECT count() FROM system.parts WHERE active AND table = '{TABLE}'"

    def __init__(self, clickhouse: EmbeddedClickHouse):
        self._url = clickhouse.url
        self._session = requests.Session()
        self.rows: list[int] = []
        self.times: list[float] = []  # when the answer with so many rows arrived, since 1970
        self.most_parts = 0

    def until(self, rows: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self.rows or self.rows[-1] < rows:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.rows[-1]} of {rows} rows after {seconds:g} s")
            self.rows.append(self._ask(self.ROWS))
            self.times.append(time.time())
            if len(self.rows) % LOOKS_PER_PARTS == 0:
                self.most_parts = max(self.most_parts, self._ask(self.PARTS))
            time.sleep(PAUSE_SECONDS)

    def _ask(self, query: str) -> int:
        answer = self._session.post(self._url, query, timeout=60)
        answer.raise_for_status()
        return int(answer.text)

    def visible_at(self, number: int) -> float:
        """When the row with this number, from 0, was first seen."""
        return self.times[bisect_right(self.rows, number)]


def percentile(sorted_values: list[float], share: float) -> float:
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


def inserts(clickhouse: EmbeddedClickHouse) -> int:
    found = clickhouse.query("SELECT sum(value) FROM system.events WHERE event = 'InsertQuery'")
    return int(found or 0)


def measure(folder: Path, rate: int, seconds: int, wait_ms: int) -> dict:
    case = Case.read("web", quick=True)
    broker, clickhouse = Broker(folder / "broker"), EmbeddedClickHouse(folder / "clickhouse")
    clickhouse.query(case.create_table(TABLE))
    topic = Topic(broker, TOPIC, 1)
    pipe = Pipe(folder / "pipe", pipe_document(
        "latency", brokers=broker.address, topics=TOPIC, url=clickhouse.url, table=TABLE,
        settings={"streaming_max_insert_wait_ms": wait_ms}))
    produce(broker, WARM_UP_ROWS, 0, seed=2).wait(60)
    wait_for(lambda: int(clickhouse.query(f"SELECT count() FROM {TABLE}")) == WARM_UP_ROWS, 60,
             "the warm-up rows")

    own, server = cpu_seconds(pipe.process.pid), cpu_seconds(clickhouse.process.pid)
    before, began = inserts(clickhouse), time.monotonic()
    date = datetime.now(timezone.utc).isoformat(timespec="seconds")
    count = rate * seconds
    producer, watch = produce(broker, count, rate, seed=1), Watch(clickhouse)
    watch.until(WARM_UP_ROWS + count, seconds + 60)
    wall = time.monotonic() - began
    own, server = cpu_seconds(pipe.process.pid) - own, cpu_seconds(clickhouse.process.pid) - server
    made = inserts(clickhouse) - before
    if producer.wait(10) != 0:
        raise SystemExit(f"latency: the producer failed\n{producer.tail()}")
    pipe.stop()

    messages = topic.consume_all(120)[WARM_UP_ROWS:]
    if watch.rows[-1] != WARM_UP_ROWS + count or len(messages) != count:
        raise SystemExit(f"latency: {watch.rows[-1] - WARM_UP_ROWS} rows, {len(messages)} messages,"
                         f" must be {count}")
    waits = sorted(1000 * watch.visible_at(WARM_UP_ROWS + number) - message.timestamp()[1]
                   for number, message in enumerate(messages))
    return {
        "case": f"latency-{rate}", "system": Penstock.name, "rows": count,
        "bytes": sum(len(message.value()) for message in messages),
        "cpu_s": round(own, 3), "server_cpu_s": round(server, 3), "wall_s": round(wall, 3),
        "peak_rss_mb": round(pipe.usage.peak_memory_bytes / 2**20, 1), "instructions": None,
        "flags": f"streaming_max_insert_wait_ms {wait_ms}", "commit": commit(),
        "cpu": cpu_model(), "run": 1, "date": date,
        "p50_ms": round(percentile(waits, 0.5), 1), "p99_ms": round(percentile(waits, 0.99), 1),
        "most_ms": round(waits[-1], 1), "inserts": made, "most_parts": watch.most_parts,
        "looks": len(watch.rows),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rate", type=int, default=10_000, help="messages a second")
    options.add_argument("--seconds", type=int, default=20)
    options.add_argument("--wait-ms", type=int, default=50, help="streaming_max_insert_wait_ms")
    options.add_argument("--output", type=Path, default=BENCH / "results/latency.jsonl")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="penstock-bench-") as folder:
        found = measure(Path(folder), given.rate, given.seconds, given.wait_ms)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps(found) + "\n")
    print(f"latency: {given.rate:,} messages a second for {given.seconds} s: p50 {found['p50_ms']} "
          f"ms, p99 {found['p99_ms']} ms, most {found['most_ms']} ms; {found['inserts']} inserts, "
          f"at most {found['most_parts']} active parts; own {found['cpu_s']} CPU s, server "
          f"{found['server_cpu_s']} CPU s; {found['looks']} looks at the table")


if __name__ == "__main__":
    main()
