"""Managed tables, tables that exist and differ, and ALTER TABLE while a pipe runs."""

import json
import threading

import pytest

from harness import Topic, wait_for

FAST = {"streaming_max_insert_wait_ms": 200}
ALTER_SHOWS = 60  # seconds after which a new column must have begun to fill


def columns_of(clickhouse, database: str) -> dict[str, str]:
    rows = clickhouse.rows("SELECT name, type FROM system.columns "
                           f"WHERE database = '{database}' AND table = 't'")
    return {row["name"]: row["type"] for row in rows}


class Producer:
    """Sends {"id": 0, "extra": "0"}, {"id": 1, "extra": "1"}, … until it is told to end."""

    def __init__(self, topic):
        self.sent = 0
        self._topic = topic
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self) -> None:
        while not self._ending.wait(0.05):
            first, self.sent = self.sent, self.sent + 20
            self._topic.produce([json.dumps({"id": number, "extra": str(number)}).encode()
                                 for number in range(first, self.sent)])

    def end(self) -> int:
        self._ending.set()
        self._thread.join()
        return self.sent


@pytest.fixture
def topic(broker, unique_name) -> Topic:
    """Of two partitions, so that a pipe may have two lanes."""
    return Topic(broker, unique_name, 2)


@pytest.fixture
def producer(topic):
    producer = Producer(topic)
    yield producer
    producer.end()


def all_stored(clickhouse, database: str, sent: int) -> bool:
    """Every id is there."""
    found = clickhouse.rows(f"SELECT uniqExact(id) AS ids, max(id) AS last FROM {database}.t")[0]
    return found == {"ids": sent, "last": sent - 1}


def test_a_managed_table_is_made_as_the_document_says(
        clickhouse, database, topic, document, drain):
    at = "2026-01-02 03:04:05"
    topic.produce(json.dumps({"at": at, **row}).encode() for row in [
        {"id": 1, "version": 2, "note": "newer"}, {"id": 1, "version": 1, "note": "older"},
        {"id": 2, "version": 1}, {"id": 3, "version": 1}, {"id": 3, "version": 2, "gone": 1}])
    managed = document(destination={
        "managedTable": True,
        "columns": [
            {"name": "id", "type": "UInt64", "codec": "Delta, ZSTD(1)", "comment": "it's the key"},
            {"name": "at", "type": "DateTime('UTC')"},
            {"name": "version", "type": "UInt32"},
            {"name": "gone", "type": "UInt8"},
            {"name": "note", "type": "String", "default": "concat('none of ', toString(id))"},
            {"name": "day", "type": "Date", "materialized": "toDate(at)"},
            {"name": "text", "type": "String", "alias": "toString(id)"},
        ],
        "tableDefinition": {
            "engine": {"type": "ReplacingMergeTree", "versionColumnId": "version",
                       "isDeletedColumnId": "gone"},
            "sortingKey": ["id"],
            "partitionBy": "toYYYYMM(at)",
            "ttl": "at + INTERVAL 50 YEAR",
            "settings": {"index_granularity": 1024},
        },
    })
    pipe = drain(managed)
    found = clickhouse.rows(f"SELECT note, day, text FROM {database}.t FINAL ORDER BY id")
    assert found == [{"note": "newer", "day": "2026-01-02", "text": "1"},
                     {"note": "none of 2", "day": "2026-01-02", "text": "2"}]
    engine = clickhouse.query("SELECT engine_full FROM system.tables "
                              f"WHERE database = '{database}' AND name = 't'")
    assert engine.startswith("ReplacingMergeTree(version, gone)")
    assert "index_granularity = 1024" in engine
    assert "non_replicated_deduplication_window = 10000" in engine
    assert " warning " not in pipe.output(), "the table is as the document says"


def test_a_table_that_exists_is_used_as_it_is_and_its_differences_are_said(
        clickhouse, database, topic, document, drain):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt32, own String) "
                     "ENGINE = MergeTree ORDER BY id")
    topic.produce([b'{"id": 7, "own": "x", "note": "y"}'])
    pipe = drain(document(destination={
        "managedTable": True,
        "columns": [{"name": "id", "type": "UInt64"}, {"name": "note", "type": "String"}],
        "tableDefinition": {"engine": {"type": "MergeTree"}, "sortingKey": ["id", "note"]}}))
    assert clickhouse.rows(f"SELECT * FROM {database}.t") == [{"id": 7, "own": "x"}]
    for difference in [
            "t: the table is sorted by (id), the document says (id, note)",
            "t: column `id` is UInt32 in the table, the document says UInt64",
            "t: column `note` is not in the table and is not written",
            "t: column `own` (String) is in the table, not in the document"]:
        assert difference in pipe.output()


def test_times_without_a_zone_are_read_in_the_servers(
        broker, fresh_clickhouse, monkeypatch, topic, document, drain):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    server = fresh_clickhouse()
    row = b'{"a": "2026-01-02 03:04:05", "b": "2026-01-02 03:04:05.25", "c": "2026-01-02 03:04:05"}'
    for table in ("t", "expected"):
        server.query(f"CREATE TABLE {table} (a DateTime, b Nullable(DateTime64(3)), "
                     "c DateTime('UTC')) ENGINE = MergeTree ORDER BY a")
    server.query("INSERT INTO expected FORMAT JSONEachRow", row)
    topic.produce([row])
    drain(document(url=server.url, database="default"))
    select = "SELECT toUnixTimestamp(a), toUnixTimestamp64Milli(assumeNotNull(b)), toUnixTimestamp(c)"
    assert server.query(f"{select} FROM t") == server.query(f"{select} FROM expected")
    assert server.query("SELECT c - a = 9 * 3600 FROM t") == "1"


def test_of_a_table_that_is_not_ours_only_the_columns_listed_are_written(
        clickhouse, database, topic, document, drain):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt32, own String DEFAULT 'kept') "
                     "ENGINE = MergeTree ORDER BY id")
    topic.produce([b'{"id": 7, "own": "x"}'])
    drain(document(destination={"columns": [{"name": "id", "type": "UInt32"}]}))
    assert clickhouse.rows(f"SELECT * FROM {database}.t") == [{"id": 7, "own": "kept"}]


def test_a_new_column_fills_in_every_lane_while_the_pipe_runs(
        clickhouse, database, topic, producer, document, run_pipe):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id")
    pipe = run_pipe(document(settings={**FAST, "lanes": 2}))
    wait_for(lambda: clickhouse.query(f"SELECT count() FROM {database}.t") != "0", 60, "first rows")
    clickhouse.query(f"ALTER TABLE {database}.t ADD COLUMN extra String")

    def fills() -> bool:
        return clickhouse.query(f"SELECT count() FROM {database}.t WHERE extra != ''") != "0"

    wait_for(fills, ALTER_SHOWS, "values in the new column")
    sent = producer.end()
    wait_for(lambda: all_stored(clickhouse, database, sent), 60, "every row")
    assert clickhouse.query(f"SELECT count() FROM {database}.t") == str(sent)
    assert clickhouse.query(f"SELECT count() FROM {database}.t "
                            "WHERE extra NOT IN ('', toString(id))") == "0"
    assert "column `extra` was added (String)" in pipe.output()
    assert pipe.stop() == 0


def test_columns_are_dropped_and_change_type_while_the_pipe_runs(
        clickhouse, database, topic, producer, document, run_pipe):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt32, extra String) "
                     "ENGINE = MergeTree ORDER BY tuple()")
    pipe = run_pipe(document(settings=FAST))
    wait_for(lambda: clickhouse.query(f"SELECT count() FROM {database}.t") != "0", 60, "first rows")
    clickhouse.query(f"ALTER TABLE {database}.t DROP COLUMN extra")
    dropped_at = producer.sent
    wait_for(lambda: int(clickhouse.query(f"SELECT max(id) FROM {database}.t")) > dropped_at, 60,
             "rows without the dropped column")
    clickhouse.query(f"ALTER TABLE {database}.t MODIFY COLUMN id Int64")
    wait_for(lambda: "column `id` was UInt32, is Int64" in pipe.output(), 60,
             "the new type to be seen")
    sent = producer.end()
    wait_for(lambda: all_stored(clickhouse, database, sent), 60, "every row")
    assert columns_of(clickhouse, database) == {"id": "Int64"}
    assert pipe.stop() == 0


def test_a_table_that_changes_again_before_a_row_was_stored_is_followed(
        clickhouse, database, topic, document, drain, faults):
    table = f"{database}.t"
    clickhouse.query(f"CREATE TABLE {table} (id UInt32, a String, b String, c String) "
                     "ENGINE = MergeTree ORDER BY tuple()")
    topic.produce([b'{"id": 1, "a": "a", "b": "b", "c": "c"}'])
    for column in "abc":  # each goes between the look at the table and the insert
        faults.act_before_forwarding(
            lambda column=column: clickhouse.query(f"ALTER TABLE {table} DROP COLUMN {column}"),
            when=f"INSERT INTO `{database}`.`t`")
    pipe = drain(document(url=faults.url))
    assert faults.pending() == 0
    assert clickhouse.rows(f"SELECT * FROM {table}") == [{"id": 1}]
    assert pipe.output().count("reading the table again") == 3


def test_a_table_that_refuses_what_it_asks_for_ends_the_pipe(
        clickhouse, database, topic, document, run_pipe, faults):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt32) ENGINE = MergeTree ORDER BY id")
    topic.produce([b'{"id": 1}'])
    faults.answer(16, "No such column id in table", times=10, when=f"INSERT INTO `{database}`.`t`")
    pipe = run_pipe(document(url=faults.url), arguments=["--until-caught-up"])
    assert pipe.wait(60) == 3
    assert faults.pending() == 8, "tried twice"


def test_a_pipe_ends_and_says_so_when_a_mapped_column_is_dropped(
        clickhouse, database, topic, producer, document, run_pipe):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64, extra String) "
                     "ENGINE = MergeTree ORDER BY tuple()")
    mapped = document(settings=FAST, mappings=[
        {"sourceField": "id", "destinationField": "id"},
        {"sourceField": "extra", "destinationField": "extra"}])
    pipe = run_pipe(mapped)
    wait_for(lambda: clickhouse.query(f"SELECT count() FROM {database}.t") != "0", 60, "first rows")
    clickhouse.query(f"ALTER TABLE {database}.t DROP COLUMN extra")
    assert pipe.wait(60) == 3
    assert 'column "extra" does not exist' in pipe.output()
    sent = producer.end()
    clickhouse.query(f"ALTER TABLE {database}.t ADD COLUMN extra String")
    again = run_pipe(mapped, arguments=["--until-caught-up"])
    assert again.wait() == 0
    assert all_stored(clickhouse, database, sent), "the position was kept"
