"""What a pipe occupies stays near its memory limit, whatever the topic and the server do."""

import json
import random
import subprocess

import pytest

from harness import Topic
from harness.places import PRODUCE, REPO, required

MIB = 1 << 20
BESIDE = 72 * MIB  # the program with its libraries, and what no budget can count


def produce_events(broker, topic: str, partitions: int, count: int) -> None:
    subprocess.run([required(PRODUCE), "--brokers", broker.address, "--topic", topic,
                    "--partitions", str(partitions), "--count", str(count)],
                   check=True, stdout=subprocess.DEVNULL)


def managed() -> dict:
    example = json.loads((REPO / "examples/events.json").read_text())["destination"]
    return {key: example[key] for key in ("managedTable", "tableDefinition", "columns")}


@pytest.fixture
def load(unique_name) -> str:
    """The name of a topic the test makes itself, with the partitions it wants."""
    return f"{unique_name}_load"


def rows(clickhouse, database: str) -> tuple[int, int]:
    row = clickhouse.rows(f"SELECT count() AS rows, uniqExact(id) AS ids FROM {database}.t")[0]
    return row["rows"], row["ids"]


def check_peak(pipe, limit: int) -> None:
    peak = pipe.usage.peak_memory_bytes
    print(f"peak {peak / MIB:.0f} MiB of {limit / MIB:.0f}")
    assert peak <= limit


def test_eight_partitions_with_full_blocks_fit_into_256_mb(
        broker, clickhouse, database, load, document, drain):
    produce_events(broker, load, 8, 2_000_000)
    pipe = drain(document(topics=load, destination=managed()))
    assert rows(clickhouse, database) == (2_000_000, 2_000_000)
    check_peak(pipe, 256_000_000)


@pytest.mark.parametrize("limit", [32, 128])
def test_messages_of_a_megabyte_stay_within_the_limit(
        clickhouse, database, broker, load, document, drain, limit):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64, text String) "
                     "ENGINE = MergeTree ORDER BY id")
    topic = Topic(broker, load, 2)
    dice = random.Random(1)
    noise = dice.randbytes(500_000).hex()
    topic.produce(b'{"id": %d, "text": "%s"}' % (i, noise[i:].encode()) for i in range(400))
    pipe = drain(document(topics=load, settings={"memory_limit_bytes": limit * MIB}))
    assert rows(clickhouse, database) == (400, 400)
    check_peak(pipe, limit * MIB + BESIDE)


def test_a_hot_partition_and_a_slow_server_stay_within_the_limit(
        broker, clickhouse, database, load, faults, document, drain):
    produce_events(broker, load, 1, 500_000)
    faults.delay(0.4, times=1000)
    pipe = drain(document(topics=load, url=faults.url, destination=managed(),
                          settings={"memory_limit_bytes": 64 * MIB}))
    assert rows(clickhouse, database) == (500_000, 500_000)
    check_peak(pipe, 64 * MIB + BESIDE)


@pytest.mark.parametrize("lanes", [1, 2])
def test_many_columns_cost_no_more_than_the_limit(clickhouse, database, broker, load, document, drain, lanes):
    columns = [f"c{i} {'String' if i % 3 else 'Float64'}" for i in range(400)]
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64, {', '.join(columns)}) "
                     "ENGINE = MergeTree ORDER BY id")
    fields = {f"c{i}": f"text {i}" if i % 3 else i / 7 for i in range(400)}
    rest = json.dumps(fields)[1:].encode()
    Topic(broker, load, 4).produce(b'{"id": %d, %s' % (number, rest) for number in range(60_000))
    pipe = drain(document(topics=load,
                          settings={"memory_limit_bytes": 64 * MIB, "lanes": lanes}))
    assert rows(clickhouse, database) == (60_000, 60_000)
    check_peak(pipe, 64 * MIB + BESIDE)
