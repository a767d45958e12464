"""Each message is stored once, whoever dies and whatever is lost on the way.

Counts are of `_topic, _partition, _offset`, so a message that is missing and one that is double cannot
make up for each other. The last tests take a part of the scheme away and see duplicates: so the
others would notice.
"""

import random
import time

import pytest

from harness import Topic, wait_for

PARTITIONS = 4
SMALL = {
    "max_insert_rows": 300,  # so that faults fall between inserts, commits and answers
    "kafka.session.timeout.ms": 2000,  # the group forgets a killed member soon
    "kafka.heartbeat.interval.ms": 300,
}


def create(clickhouse, table: str, window: int = 10_000) -> str:
    clickhouse.query(
        f"CREATE TABLE {table} (id UInt64, _topic String, _partition UInt32, _offset UInt64) "
        f"ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = {window}")
    return table


def fill(broker, name: str, messages: int, broken: int = 0) -> Topic:
    topic = Topic(broker, name, PARTITIONS)
    share = messages // PARTITIONS
    for partition in range(PARTITIONS):
        first = partition * share
        values = [b'{"id": %d}' % number for number in range(first, first + share)]
        for number in range(broken):
            values.insert(number * share // broken, b"no JSON")
        topic.produce(values, partition=partition)
    return topic


def counts(clickhouse, table: str, positions="_topic, _partition, _offset") -> tuple[int, int]:
    row = clickhouse.rows(f"SELECT count() AS rows, uniqExact({positions}) AS messages "
                          f"FROM {table}")[0]
    return row["rows"], row["messages"]


def rows(clickhouse, table: str) -> int:
    return counts(clickhouse, table)[0]


@pytest.fixture
def table(clickhouse, database) -> str:
    return create(clickhouse, f"{database}.t")


def test_kills_at_any_moment_neither_lose_nor_double_a_message(
        broker, clickhouse, table, unique_name, document, run_pipe, drain):
    messages = 100_000
    topic = fill(broker, f"{unique_name}_x", messages, broken=5)
    pipe = document(topics=topic.name, settings=SMALL)
    pause = random.Random(11)
    running = run_pipe(pipe)
    for _ in range(12):
        before = rows(clickhouse, table)
        wait_for(lambda: rows(clickhouse, table) > before or before == messages, 60, "rows")
        time.sleep(pause.random() * 0.1)
        assert running.kill() == -9
        running.start()
    running.kill()
    drain(pipe)
    assert "exactly_once: on" in running.output()
    assert counts(clickhouse, table) == (messages, messages)
    assert counts(clickhouse, f"{table}_penstock_error") == (5 * PARTITIONS, 5 * PARTITIONS)
    group = pipe["source"]["kafka"]["consumerGroup"]
    assert topic.committed(group) == topic.end_offsets()


def test_processes_that_join_leave_and_die_share_the_topic_exactly(
        broker, clickhouse, table, unique_name, document, run_pipe, drain):
    messages = 40_000
    topic = fill(broker, f"{unique_name}_x", messages)
    pipe = document(topics=topic.name, settings={**SMALL, "lanes": 1, "max_insert_rows": 100})
    first, second = run_pipe(pipe), run_pipe(pipe)
    for turn in range(6):
        before = rows(clickhouse, table)
        wait_for(lambda: rows(clickhouse, table) > before or before == messages, 60, "rows")
        leaver = (first, second)[turn % 2]
        leaver.kill() if turn % 3 == 2 else leaver.stop()
        time.sleep(0.5)
        leaver.start()
    wait_for(lambda: counts(clickhouse, table)[1] == messages, 120, "all messages")
    first.stop()
    second.stop()
    drain(pipe)
    assert counts(clickhouse, table) == (messages, messages)


def stored_but_never_answered(clickhouse, table, faults, document, run_pipe, topic, **kafka):
    """A pipe that was killed after inserts it never heard of. Returns its document."""
    faults.cut_after_forwarding(times=1000, when="`t`")
    pipe = document(topics=topic.name, url=faults.url, settings=SMALL, kafka=kafka)
    running = run_pipe(pipe)
    wait_for(lambda: rows(clickhouse, table) >= 200, 60, "inserts without an answer")
    running.kill()
    pipe["destination"]["url"] = clickhouse.url
    return pipe


def test_inserts_nobody_heard_of_are_repeated_under_their_names(
        broker, clickhouse, table, faults, unique_name, document, run_pipe, drain):
    topic = fill(broker, f"{unique_name}_x", 4_000)
    pipe = stored_but_never_answered(clickhouse, table, faults, document, run_pipe, topic)
    pipe["settings"]["max_insert_rows"] = 170  # would cut otherwise
    drain(pipe)
    assert counts(clickhouse, table) == (4_000, 4_000)


def test_the_same_without_exactly_once_stores_messages_twice(
        broker, clickhouse, table, faults, unique_name, document, run_pipe, drain):
    topic = fill(broker, f"{unique_name}_x", 4_000)
    pipe = stored_but_never_answered(clickhouse, table, faults, document, run_pipe, topic,
                                     exactlyOnce=False)
    drain(pipe)
    stored, messages = counts(clickhouse, table)
    assert messages == 4_000 and stored > messages


def test_the_same_on_a_server_that_knows_no_names_stores_messages_twice(
        broker, clickhouse, table, faults, unique_name, document, run_pipe, drain):
    topic = fill(broker, f"{unique_name}_x", 4_000)
    faults.act_before_forwarding(lambda: clickhouse.query(
        f"ALTER TABLE {table} MODIFY SETTING non_replicated_deduplication_window = 0"), when="`t`")
    pipe = stored_but_never_answered(clickhouse, table, faults, document, run_pipe, topic)
    drain(pipe)
    stored, messages = counts(clickhouse, table)
    assert messages == 4_000 and stored > messages


def test_a_group_moved_back_on_purpose_stores_its_messages_again(
        broker, clickhouse, table, topic, document, drain):
    topic.produce([b'{"id": 1}'])
    pipe = document()
    drain(pipe)
    pipe["source"]["kafka"]["consumerGroup"] += "-again"
    drain(pipe)
    assert counts(clickhouse, table) == (2, 1)


def test_a_wish_the_table_cannot_honour_ends_the_pipe(
        clickhouse, database, topic, document, run_pipe):
    create(clickhouse, f"{database}.t", window=0)
    topic.produce([b'{"id": 1}'])
    pipe = run_pipe(document(kafka={"exactlyOnce": True}))
    assert pipe.wait() == 3
    assert "engine.exactly_once" in pipe.output()
