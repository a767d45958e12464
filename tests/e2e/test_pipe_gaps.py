"""Offsets that never come (aborted transactions, control records, compaction, retention), topics
made again and partitions added."""

import json
import re

import pytest
from confluent_kafka import ConsumerGroupTopicPartitions, Producer, TopicPartition

from harness import Topic, wait_for

FAST = {"streaming_max_insert_wait_ms": 100, "max_insert_rows": 50}


def numbered(first: int, last: int) -> list[bytes]:
    return [b'{"id": %d}' % number for number in range(first, last)]


@pytest.fixture
def table(clickhouse, database) -> str:
    clickhouse.query(f"""
        CREATE TABLE {database}.t (id UInt64, _partition UInt16, _offset UInt64)
        ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 1000""")
    return f"{database}.t"


@pytest.fixture
def stored(clickhouse, table):
    """The ids in the table in order, duplicates included."""
    return lambda: [row["id"] for row in clickhouse.rows(f"SELECT id FROM {table} ORDER BY id")]


class Transactions:
    """A producer whose messages count once their transaction is committed."""

    def __init__(self, topic: Topic):
        self._topic = topic.name
        self._producer = Producer({"bootstrap.servers": topic.broker.address, "log_level": 0,
                                   "transactional.id": topic.name})
        self._producer.init_transactions(30)

    def begin(self, values: list[bytes]) -> None:
        self._producer.begin_transaction()
        for value in values:
            self._producer.produce(self._topic, value)
        self._producer.flush(30)

    def commit(self) -> None:
        self._producer.commit_transaction(30)

    def abort(self) -> None:
        self._producer.abort_transaction(30)


def test_rows_of_aborted_transactions_stay_out_and_the_end_is_reached(
        topic, table, stored, document, drain):
    transactions = Transactions(topic)
    for first in range(0, 1000, 100):
        transactions.begin(numbered(first, first + 100))
        transactions.commit() if first % 200 == 0 else transactions.abort()
    pipe = document(settings=FAST)
    drain(pipe)
    kept = [number for number in range(1000) if number // 100 % 2 == 0]
    assert stored() == kept
    # 1000 records and ten control records; the last ones are aborted.
    assert topic.end_offsets() == {0: 1010}
    drain(pipe)
    assert stored() == kept


def test_rows_of_aborted_transactions_come_when_they_are_asked_for(
        topic, table, stored, document, drain):
    transactions = Transactions(topic)
    transactions.begin(numbered(0, 10))
    transactions.abort()
    drain(document(settings={**FAST, "kafka_read_committed": False}))
    assert stored() == list(range(10))


def test_an_open_transaction_is_waited_for(topic, table, stored, document, run_pipe):
    transactions = Transactions(topic)
    topic.produce(numbered(0, 10))
    transactions.begin(numbered(10, 20))
    topic.produce(numbered(20, 30))
    pipe = run_pipe(document(settings=FAST))
    wait_for(lambda: stored() == list(range(10)), 60, "the rows before the transaction")
    transactions.commit()
    wait_for(lambda: stored() == list(range(30)), 60, "all rows")
    assert pipe.stop() == 0


def test_kills_between_transactions_lose_no_row(topic, table, stored, document, run_pipe, drain):
    """Blocks end before, between and behind control records and aborted messages."""
    transactions = Transactions(topic)
    pipe = document(settings={**FAST, "max_insert_rows": 7, "kafka.session.timeout.ms": 1000,
                              "kafka.heartbeat.interval.ms": 250})
    running = run_pipe(pipe)
    for first in range(0, 120, 20):
        transactions.begin(numbered(first, first + 10))
        transactions.commit()
        wait_for(lambda: first in stored(), 60, "the first rows of a transaction")
        running.kill()
        transactions.begin(numbered(first + 10, first + 20))
        transactions.abort()
        running.start()
    running.kill()
    drain(pipe)
    assert sorted(set(stored())) == [n for n in range(120) if n % 20 < 10]


def test_a_compacted_topic_gives_what_it_still_holds(
        fresh_broker, clickhouse, table, stored, unique_name, document, drain):
    broker = fresh_broker({"log.cleaner.backoff.ms": "100", "log.initial.task.delay.ms": "0"})
    topic = Topic(broker, unique_name, config={
        "cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.001",
        "segment.ms": "100", "min.compaction.lag.ms": "0", "delete.retention.ms": "0"})
    for key in range(10):
        topic.produce(numbered(key * 20, key * 20 + 20), key=b"%d" % key)

    def kept() -> list[int]:
        topic.produce([b'{"id": 1000}'], key=b"last")  # the newest segment is never compacted
        return sorted({json.loads(message.value())["id"] for message in topic.consume_all()})

    wait_for(lambda: len(kept()) == 11, 120, "the topic to be compacted", pause=0.3)
    drain(document(brokers=broker.address, settings=FAST))
    assert sorted(set(stored())) == kept()


GOES_ON = {**FAST, "on_data_loss": "continue"}


@pytest.fixture(params=[True, False], ids=["exactly_once", "at_least_once"])
def pipe_with(request, document):
    """Makes documents of pipes that differ in settings only."""
    return lambda settings: document(settings=settings, kafka={"exactlyOnce": request.param})


def test_records_that_expired_unread_stop_the_pipe_until_it_may_go_on(
        topic, table, stored, pipe_with, unique_name, run_pipe, drain):
    topic.produce(numbered(0, 100))
    drain(pipe_with(FAST))
    topic.produce(numbered(100, 200))
    expire(topic, 150)
    for _ in range(2):  # the position is kept
        pipe = run_pipe(pipe_with(FAST))
        assert pipe.wait() == 3
        assert "/0 lacks 50 offsets, 100 to 149" in pipe.output()
        assert "kafka.data_loss" in pipe.output()
        assert topic.committed(f"{unique_name}-group") == {0: 100}
    goes_on = run_pipe(pipe_with(GOES_ON), arguments=["--until-caught-up"])
    assert goes_on.wait() == 0
    assert "/0 lacks 50 offsets, 100 to 149; going on behind them" in goes_on.output()
    assert stored() == [*range(100), *range(150, 200)]
    assert topic.committed(f"{unique_name}-group") == {0: 200}


def test_records_that_expire_under_a_sleeping_pipe_are_counted(
        topic, table, stored, document, run_pipe):
    pipe = run_pipe(document(settings={**GOES_ON, "kafka.session.timeout.ms": 45000}))
    topic.produce(numbered(0, 100))
    wait_for(lambda: len(stored()) == 100, 60, "the first rows")
    pipe.pause()
    topic.produce(numbered(100, 200))  # may be on its way to the pipe already
    topic.produce(numbered(200, 300))
    expire(topic, 250)
    pipe.resume()
    wait_for(lambda: 299 in stored(), 60, "the rows that are left")
    assert pipe.stop() == 0
    count, first = map(int, re.search(r"/0 lacks (\d+) offsets, (\d+) to 249", pipe.output())
                       .groups())
    assert count == 250 - first
    assert stored() == [*range(first), *range(250, 300)]


def expire(topic: Topic, offset: int) -> None:
    """Partition 0 begins there from now on."""
    partition = TopicPartition(topic.name, 0, offset)
    topic.broker.admin().delete_records([partition])[partition].result(timeout=30)


def test_a_topic_made_again_is_not_taken_for_done(
        broker, topic, table, stored, document, drain):
    pipe = document(settings=FAST)
    topic.produce(numbered(0, 100))
    drain(pipe)
    make_again(topic)
    topic.produce(numbered(100, 200))
    drain(pipe)
    assert stored() == list(range(200))


def test_a_topic_made_again_under_a_running_pipe_is_read_from_its_beginning(
        topic, table, stored, pipe_with, unique_name, run_pipe):
    pipe = run_pipe(pipe_with(FAST))
    topic.produce(numbered(0, 100))
    wait_for(lambda: topic.committed(f"{unique_name}-group") == {0: 100}, 60, "the first rows")
    make_again(topic)
    topic.produce(numbered(100, 150))

    def all_are_there() -> bool:
        if not pipe.running:  # it looked while there was no topic
            assert "kafka.unknown_topic" in pipe.output()
            pipe.start()
        return len(stored()) >= 150

    wait_for(all_are_there, 90, "the rows of the new topic")
    assert stored() == list(range(150))
    assert pipe.stop() == 0


LOOKS_OFTEN = {"kafka.topic.metadata.refresh.interval.ms": 500}


def test_a_topic_that_is_deleted_stops_the_pipe(topic, table, stored, pipe_with, run_pipe):
    pipe = run_pipe(pipe_with({**FAST, **LOOKS_OFTEN}))
    topic.produce(numbered(0, 10))
    wait_for(lambda: len(stored()) == 10, 60, "the first rows")
    delete(topic)
    assert pipe.wait() == 3
    assert f"Subscribed topic not available: {topic.name}" in pipe.output()
    assert "kafka.unknown_topic" in pipe.output()


def test_a_topic_that_is_deleted_is_waited_for_where_the_pipe_may_go_on(
        topic, table, stored, pipe_with, unique_name, run_pipe):
    pipe = run_pipe(pipe_with({**GOES_ON, **LOOKS_OFTEN}))
    topic.produce(numbered(0, 10))
    wait_for(lambda: topic.committed(f"{unique_name}-group") == {0: 10}, 60, "the first rows")
    delete(topic)
    wait_for(lambda: "waiting until it is there again" in pipe.output(), 60, "the pipe to notice")
    Topic(topic.broker, topic.name).produce(numbered(10, 15))
    wait_for(lambda: len(stored()) == 15, 60, "the rows of the new topic")
    assert stored() == list(range(15))
    assert pipe.stop() == 0


def test_a_pipe_whose_partition_ends_before_its_position_stays_stopped_until_that_is_moved(
        topic, table, stored, pipe_with, unique_name, run_pipe, drain):
    topic.produce(numbered(0, 100))
    move_position(topic, f"{unique_name}-group", 150)
    for _ in range(2):  # though it has grown past that since
        pipe = run_pipe(pipe_with(GOES_ON))
        assert pipe.wait() == 3
        assert "/0 ends at offset 100, but was read up to 150" in pipe.output()
        assert "kafka.gone_back" in pipe.output()
        if topic.end_offsets() == {0: 100}:
            topic.produce(numbered(100, 200))
    assert stored() == []
    move_position(topic, f"{unique_name}-group", 150)
    drain(pipe_with(FAST))
    assert stored() == list(range(150, 200))


def move_position(topic: Topic, group: str, offset: int) -> None:
    moved = ConsumerGroupTopicPartitions(group, [TopicPartition(topic.name, 0, offset)])
    topic.broker.admin().alter_consumer_group_offsets([moved])[group].result(timeout=30)


def make_again(topic: Topic) -> None:
    delete(topic)
    Topic(topic.broker, topic.name)


def delete(topic: Topic) -> None:
    topic.delete()
    topics = topic.broker.admin().list_topics
    wait_for(lambda: topic.name not in topics(timeout=10).topics, 30, "the topic to be gone")


def test_partitions_added_while_running_are_read_within_a_minute(
        topic, table, stored, document, run_pipe):
    """With the settings everybody has."""
    pipe = run_pipe(document(settings=FAST))
    topic.produce(numbered(0, 10))
    wait_for(lambda: len(stored()) == 10, 60, "the first rows")
    topic.add_partitions(3)
    for partition in (1, 2):
        topic.produce(numbered(partition * 10, partition * 10 + 10), partition=partition)
    wait_for(lambda: stored() == list(range(30)), 60, "the rows of the new partitions")
    assert pipe.stop() == 0
