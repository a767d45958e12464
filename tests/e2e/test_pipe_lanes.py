"""Several lanes in one pipe: each a member of the group, together one pipe."""

import random
import time

import pytest

from harness import Topic, wait_for

ROWS = 100_000


def numbered(first: int, last: int) -> list[bytes]:
    return [b'{"id": %d}' % number for number in range(first, last)]


@pytest.fixture
def table(clickhouse, database) -> str:
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64, _partition UInt16) "
                     "ENGINE = MergeTree ORDER BY id "
                     "SETTINGS non_replicated_deduplication_window = 10000")
    return f"{database}.t"


@pytest.fixture
def topic(broker, unique_name) -> Topic:
    made = Topic(broker, unique_name, 4)
    for partition in range(4):
        first = partition * ROWS // 4
        made.produce(numbered(first, first + ROWS // 4), partition=partition)
    return made


def counts(clickhouse, table: str) -> tuple[int, int]:
    row = clickhouse.rows(f"SELECT count() AS rows, uniqExact(id) AS ids FROM {table}")[0]
    return row["rows"], row["ids"]


@pytest.mark.parametrize("lanes", [2, 3, 9])
def test_lanes_share_a_topic_and_store_every_row_once(
        clickhouse, table, topic, document, drain, lanes):
    pipe = document(settings={"lanes": lanes, "max_insert_rows": 2000})
    run = drain(pipe)
    assert counts(clickhouse, table) == (ROWS, ROWS)
    assert f"lanes: {min(lanes, 4)}" in run.output()
    group = pipe["source"]["kafka"]["consumerGroup"]
    assert topic.committed(group) == topic.end_offsets()

    topic.produce(numbered(ROWS, ROWS + 100))
    drain(pipe)
    assert counts(clickhouse, table) == (ROWS + 100, ROWS + 100)


def test_two_lanes_start_again_and_again_without_a_repeat(
        clickhouse, table, topic, document, run_pipe, drain):
    """However much is left open at a stop, and whichever commits a rebalance refuses."""
    pipe = document(settings={"lanes": 2, "max_insert_rows": 200})
    running = run_pipe(pipe)
    while (before := counts(clickhouse, table)[0]) < ROWS:
        wait_for(lambda: counts(clickhouse, table)[0] > before, 60, "rows of this life")
        assert running.stop() == 0
        running.start()
    running.kill()
    drain(pipe)
    assert counts(clickhouse, table) == (ROWS, ROWS)


def test_two_lanes_lose_and_double_nothing_when_killed(
        clickhouse, table, topic, document, run_pipe, drain):
    pipe = document(settings={
        "lanes": 2,
        "max_insert_rows": 500,
        "kafka.session.timeout.ms": 1000,
        "kafka.heartbeat.interval.ms": 250,
    })
    pause = random.Random(3)
    running = run_pipe(pipe)
    for _ in range(6):
        before = counts(clickhouse, table)[0]
        wait_for(lambda: counts(clickhouse, table)[0] > before, 60, "rows of this life")
        time.sleep(pause.random() * 0.1)
        running.kill()
        running.start()
    running.kill()
    drain(pipe)
    assert counts(clickhouse, table) == (ROWS, ROWS)


def test_two_pipes_of_two_lanes_share_a_group(
        clickhouse, table, topic, document, run_pipe):
    """Each sees only a part of the logs, and still begins, and ends when asked to drain."""
    pipe = document(settings={"lanes": 2, "max_insert_rows": 500})
    first = run_pipe(pipe)
    second = run_pipe(pipe)
    wait_for(lambda: counts(clickhouse, table)[1] == ROWS, 90, "all rows")
    assert first.stop() == 0 and second.stop() == 0
