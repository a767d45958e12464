"""ClickHouse or the broker is away, full, cut off or wrong: a pipe waits or says what to do."""

import threading
import time

import pytest
from confluent_kafka import KafkaException

from harness import EmbeddedClickHouse, Topic, pipe_document, wait_for
from harness.ports import free_port

FAST = {"streaming_max_insert_wait_ms": 200, "max_insert_rows": 500}


def numbered(first: int, last: int) -> list[bytes]:
    return [b'{"id": %d}' % number for number in range(first, last)]


def create(clickhouse: EmbeddedClickHouse, table: str) -> None:
    clickhouse.query(f"CREATE TABLE {table} (id UInt64) ENGINE = MergeTree ORDER BY id")


def counts(clickhouse: EmbeddedClickHouse, table: str) -> dict:
    return clickhouse.rows(f"SELECT count() AS rows, uniqExact(id) AS ids FROM {table}")[0]


def all_there(clickhouse: EmbeddedClickHouse, table: str, ids: int) -> bool:
    return counts(clickhouse, table)["ids"] == ids


def exactly(number: int) -> dict:
    return {"rows": number, "ids": number}


@pytest.fixture
def table(clickhouse, database) -> str:
    create(clickhouse, f"{database}.t")
    return f"{database}.t"


# --- A person has to act: exit code 3, the remedy, the position kept.


def test_an_unknown_topic_ends_the_pipe_and_names_the_topics_there_are(
        table, topic, document, run_pipe):
    pipe = run_pipe(document(topics=topic.name + "_x"))
    assert pipe.wait() == 3
    assert f"no topic {topic.name}_x" in pipe.output() and "there is " in pipe.output()
    assert "Create the topic or correct source.kafka.topics" in pipe.output()


def test_a_missing_table_ends_the_pipe(topic, document, run_pipe):
    pipe = run_pipe(document())
    assert pipe.wait() == 3
    assert "clickhouse.missing_table" in pipe.output()
    assert "set destination.managedTable to true" in pipe.output()


def test_a_wrong_password_ends_the_pipe_and_is_not_shown(
        broker, fresh_clickhouse, topic, document, run_pipe):
    guarded = fresh_clickhouse(user="loader", password="right horse")
    create(guarded, "t")
    topic.produce(numbered(0, 10))
    wrong = document(url=guarded.url, database="default",
                     destination={"user": "loader", "password": "wrong horse"})
    pipe = run_pipe(wrong)
    assert pipe.wait() == 3
    assert "Correct destination.user and destination.password" in pipe.output()
    assert "wrong horse" not in pipe.output()
    wrong["destination"]["password"] = "${LOADER_PASSWORD}"
    again = run_pipe(wrong, arguments=["--until-caught-up"],
                     env={"LOADER_PASSWORD": "right horse"})
    assert again.wait() == 0
    assert counts(guarded, "t") == exactly(10)


@pytest.mark.parametrize("code, text, status, remedy", [
    (497, "loader: Not enough privileges. To execute this query, it's necessary to have the "
          "grant INSERT(id) ON d.t", 403, "Grant the missing privilege"),
    (164, "Cannot execute query in readonly mode", 500, "Use a writable server"),
    (12345, "something nobody has heard of", 500, "nothing was discarded"),
], ids=["grant", "read-only", "unknown"])
def test_a_refused_insert_ends_the_pipe_with_its_position_kept(
        clickhouse, table, topic, faults, document, run_pipe, drain, code, text, status, remedy):
    topic.produce(numbered(0, 100))
    faults.answer(code, text, status=status, when="`t`")
    pipe = document(url=faults.url, settings=FAST)
    refused = run_pipe(pipe)
    assert refused.wait() == 3
    assert remedy in refused.output() and text[:30] in refused.output()
    assert topic.committed(pipe["source"]["kafka"]["consumerGroup"]) in ({}, {0: 0})
    drain(pipe)
    assert counts(clickhouse, table) == exactly(100)


def test_a_table_dropped_in_the_middle_loses_nothing(
        clickhouse, table, topic, document, run_pipe, drain):
    topic.produce(numbered(0, 1000))
    pipe = document(settings=FAST)
    running = run_pipe(pipe)
    wait_for(lambda: all_there(clickhouse, table, 1000), 60, "the first rows")
    position = {0: 1000}
    wait_for(lambda: topic.committed(pipe["source"]["kafka"]["consumerGroup"]) == position, 30,
             "the commit of the first rows")
    clickhouse.query(f"DROP TABLE {table} SYNC")
    topic.produce(numbered(1000, 2000))
    assert running.wait() == 3
    assert "clickhouse.missing_table" in running.output()
    assert topic.committed(pipe["source"]["kafka"]["consumerGroup"]) == position
    create(clickhouse, table)
    drain(pipe)
    assert clickhouse.query(f"SELECT min(id), max(id), count() FROM {table}") == "1000\t1999\t1000"


# --- Nothing to do: the pipe waits and goes on by itself.


def test_a_broker_that_does_not_answer_is_waited_for_until_sigterm(
        clickhouse, table, document, run_pipe):
    pipe = run_pipe(document(brokers=f"127.0.0.1:{free_port()}"))
    wait_for(lambda: "kafka.unreachable" in pipe.output(), 60, "the pipe to say so")
    time.sleep(2)
    assert pipe.running
    began = time.monotonic()
    assert pipe.stop() == 0
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("order", [
    lambda faults: faults.answer(243, "Cannot reserve 1.00 MiB, not enough space", times=3,
                                 when="`t`"),
    lambda faults: faults.answer(252, "Too many parts (3000)", times=2, when="`t`"),
    lambda faults: faults.cut_before_forwarding(times=2, when="`t`"),
    lambda faults: faults.answer(0, "Service Unavailable", status=503, times=2, when="`t`"),
], ids=["disk full", "too many parts", "cut before", "proxy"])
def test_an_insert_is_repeated_until_it_is_accepted(
        clickhouse, table, topic, faults, document, drain, order):
    topic.produce(numbered(0, 100))
    order(faults)
    drain(document(url=faults.url, settings={"insert_threads": 1}))
    assert faults.pending() == 0
    assert counts(clickhouse, table) == exactly(100)


def test_an_insert_whose_answer_was_lost_is_repeated_under_its_name(
        clickhouse, database, topic, faults, document, drain):
    """A table that remembers names takes the repeat for what it is."""
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id "
                     "SETTINGS non_replicated_deduplication_window = 100")
    topic.produce(numbered(0, 100))
    faults.cut_after_forwarding(times=2, when="`t`")
    drain(document(url=faults.url))
    assert faults.pending() == 0
    assert counts(clickhouse, f"{database}.t") == exactly(100)


def test_clickhouse_down_at_the_start_is_waited_for(
        fresh_clickhouse, topic, document, run_pipe):
    server = fresh_clickhouse()
    create(server, "t")
    topic.produce(numbered(0, 100))
    server.stop()
    pipe = run_pipe(document(url=server.url, database="default"), arguments=["--until-caught-up"])
    wait_for(lambda: "clickhouse.unreachable" in pipe.output(), 60, "the pipe to say so")
    server.start()
    assert pipe.wait() == 0
    assert counts(server, "t") == exactly(100)


def test_clickhouse_killed_for_30_s_in_the_middle_loses_nothing(
        fresh_clickhouse, topic, document, run_pipe):
    server = fresh_clickhouse()
    create(server, "t")
    pipe = run_pipe(document(url=server.url, database="default", settings=FAST))
    topic.produce(numbered(0, 5000))
    wait_for(lambda: counts(server, "t")["ids"], 60, "the first rows")
    server.kill()
    began = time.monotonic()
    topic.produce(numbered(5000, 20_000))
    wait_for(lambda: "clickhouse.unreachable" in pipe.output(), 20, "the pipe to say so")
    time.sleep(max(0.0, 30 - (time.monotonic() - began)))
    assert pipe.running
    assert pipe.output().count("clickhouse.unreachable") <= 2  # said once a minute
    server.start()
    wait_for(lambda: all_there(server, "t", 20_000), 90, "all rows")
    assert pipe.stop() == 0


def test_a_broker_killed_in_the_middle_is_waited_for(
        clickhouse, database, fresh_broker, unique_name, run_pipe):
    create(clickhouse, f"{database}.t")
    broker = fresh_broker()
    topic = Topic(broker, unique_name, 2)
    topic.produce(numbered(0, 2000))
    pipe = run_pipe(pipe_document(unique_name, brokers=broker.address, topics=topic.name,
                                  url=clickhouse.url, database=database, table="t", settings=FAST))
    wait_for(lambda: all_there(clickhouse, f"{database}.t", 2000), 60, "the first rows")
    broker.kill()
    wait_for(lambda: "kafka.unreachable" in pipe.output(), 60, "the pipe to say so")
    broker.restart()
    topic.produce(numbered(2000, 4000))
    wait_for(lambda: all_there(clickhouse, f"{database}.t", 4000), 120, "all rows")
    assert pipe.stop() == 0
    assert counts(clickhouse, f"{database}.t")["ids"] == 4000


def test_blocks_grow_while_the_table_has_too_many_parts_and_nothing_is_lost(
        clickhouse, database, topic, document, run_pipe):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id "
                     "SETTINGS parts_to_delay_insert = 6, parts_to_throw_insert = 7, "
                     "non_replicated_deduplication_window = 100")
    clickhouse.query(f"SYSTEM STOP MERGES {database}.t")
    pipe = run_pipe(document(settings={"streaming_max_insert_wait_ms": 100}))
    produced = 0

    def have_grown() -> bool:
        nonlocal produced
        topic.produce(numbered(produced, produced + 100))
        produced += 100
        return "blocks may be 2 times as large" in pipe.output()

    wait_for(have_grown, 60, "blocks to grow")
    assert "clickhouse.too_many_parts" in pipe.output()
    clickhouse.query(f"SYSTEM START MERGES {database}.t")
    wait_for(lambda: all_there(clickhouse, f"{database}.t", produced), 60, "all rows")
    assert pipe.stop() == 0
    assert counts(clickhouse, f"{database}.t") == exactly(produced)


# --- Stopping, and other members of the group.


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT"])
def test_a_stopped_pipe_has_committed_all_it_delivered(
        clickhouse, table, topic, document, run_pipe, drain, how):
    pipe = document(settings={"max_insert_rows": 1000})
    running = run_pipe(pipe)
    topic.produce(numbered(0, 20_500))
    wait_for(lambda: counts(clickhouse, table)["ids"] > 0, 60, "the first rows")
    began = time.monotonic()
    if how == "SIGTERM":
        assert running.stop() == 0
    else:
        running.interrupt()
        assert running.wait(15) == 0
    assert time.monotonic() - began < 10
    stored = counts(clickhouse, table)["rows"]
    assert topic.committed(pipe["source"]["kafka"]["consumerGroup"]) == {0: stored}
    drain(pipe)
    assert counts(clickhouse, table) == exactly(20_500)


def test_a_stop_does_not_wait_for_a_clickhouse_that_is_away(
        fresh_clickhouse, topic, document, run_pipe, drain):
    server = fresh_clickhouse()
    create(server, "t")
    pipe = document(url=server.url, database="default", settings=FAST)
    running = run_pipe(pipe)
    topic.produce(numbered(0, 100))
    wait_for(lambda: all_there(server, "t", 100), 60, "the first rows")
    server.pause()  # holds its connections and says nothing
    topic.produce(numbered(100, 200))
    time.sleep(2)
    began = time.monotonic()
    assert running.stop(20) == 0
    assert time.monotonic() - began < 10
    server.resume()
    drain(pipe)
    assert all_there(server, "t", 200)


def test_partitions_added_while_running_are_read(clickhouse, table, topic, document, run_pipe):
    pipe = run_pipe(document(settings={
        **FAST, "kafka.topic.metadata.refresh.interval.ms": 1000}))
    topic.produce(numbered(0, 10))
    wait_for(lambda: all_there(clickhouse, table, 10), 60, "the first rows")
    topic.add_partitions(3)
    for partition in (1, 2):
        topic.produce(numbered(partition * 10, partition * 10 + 10), partition=partition)
    wait_for(lambda: all_there(clickhouse, table, 30), 90, "the rows of the new partitions")
    assert pipe.stop() == 0
    assert counts(clickhouse, table) == exactly(30)


def test_two_processes_share_the_partitions_and_one_leaves(
        broker, clickhouse, database, unique_name, document, run_pipe):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64, _partition Int32) "
                     "ENGINE = MergeTree ORDER BY id")
    table = f"{database}.t"
    topic = Topic(broker, unique_name + "_4", 4)
    produced = 0
    going = threading.Event()

    def produce() -> None:
        nonlocal produced
        while not going.is_set():
            topic.produce(numbered(produced, produced + 400))
            produced += 400

    thread = threading.Thread(target=produce)
    pipe = document(topics=topic.name, settings=FAST)
    first, second = run_pipe(pipe), run_pipe(pipe)
    thread.start()
    try:
        group = pipe["source"]["kafka"]["consumerGroup"]
        wait_for(lambda: len(members(broker, group)) == 2 and
                 all(member == 2 for member in members(broker, group)), 60,
                 "two members with two partitions each")
        time.sleep(2)
        assert first.stop() == 0
        wait_for(lambda: members(broker, group) == [4], 60, "one member with all partitions")
        time.sleep(1)
    finally:
        going.set()
        thread.join()
    wait_for(lambda: all_there(clickhouse, table, produced), 60, "all rows")
    assert second.stop() == 0
    stored = counts(clickhouse, table)
    print(f"{stored['rows'] - produced} duplicates")  # a commit may meet a rebalance
    assert stored["ids"] == produced
    for name in (first, second):
        assert ": 0 rows stored" not in name.output()


def members(broker, group: str) -> list[int]:
    """Of each member of the group, how many partitions it has; none while the group is new."""
    try:
        described = broker.admin().describe_consumer_groups([group])[group].result(timeout=10)
    except KafkaException:
        return []
    return [len(member.assignment.topic_partitions) for member in described.members]


def test_what_happens_to_a_pipe_is_kept_in_pipe_log(
        clickhouse, table, topic, faults, document, drain):
    topic.produce(numbered(0, 10))
    faults.answer(243, "Cannot reserve 1.00 MiB, not enough space", when="`t`")
    pipe = document(url=faults.url)
    drain(pipe)
    events = clickhouse.rows("SELECT event, code, level, message FROM penstock.pipe_log "
                             f"WHERE pipe_name = '{pipe['name']}' ORDER BY timestamp")
    states = [row["event"] for row in events]
    assert states[0] == "starting" and states[-1] == "stopped"
    assert "running" in states
    trouble = [row for row in events if row["code"] == "clickhouse.busy"]
    assert len(trouble) == 1 and "not enough space" in trouble[0]["message"]
    assert trouble[0]["level"] == "warning"
