"""A pipe loads what its document says: topics, partitions, fields, beginnings, tables."""

import json
import subprocess
from datetime import datetime, timezone

import pytest

from harness import Topic, wait_for
from harness.places import PRODUCE, REPO, required

HASH = "SELECT count() AS rows, sum(cityHash64(*)) AS hash FROM {}"


def numbered(first: int, last: int) -> list[bytes]:
    return [b'{"id": %d}' % number for number in range(first, last)]


def ids(clickhouse, database: str, table: str = "t") -> list[int]:
    """In order, duplicates included."""
    return [row["id"] for row in clickhouse.rows(f"SELECT id FROM {database}.{table} ORDER BY id")]


@pytest.fixture
def table(clickhouse, database) -> str:
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id")
    return f"{database}.t"


def test_json_and_yaml_load_the_same_into_the_table_they_describe(
        broker, clickhouse, database, unique_name, drain):
    events = ["--count", "20000", "--broken", "10"]
    subprocess.run([required(PRODUCE), "--brokers", broker.address, "--topic", unique_name,
                    "--partitions", "4", *events], check=True, stdout=subprocess.DEVNULL)
    for kind in ("yaml", "json"):
        drain(REPO / f"examples/events.{kind}", env={
            "PENSTOCK_BROKERS": broker.address,
            "PENSTOCK_TOPIC": unique_name,
            "PENSTOCK_GROUP": f"{unique_name}-{kind}",
            "PENSTOCK_CLICKHOUSE": clickhouse.url,
            "PENSTOCK_DATABASE": database,
            "PENSTOCK_TABLE": f"from_{kind}",
        })
    good = subprocess.run([PRODUCE, "--print", "--count", "20000"], check=True,
                          stdout=subprocess.PIPE).stdout
    clickhouse.query(f"CREATE TABLE {database}.expected AS {database}.from_yaml")
    clickhouse.query(f"INSERT INTO {database}.expected FORMAT JSONEachRow", good)

    expected = clickhouse.rows(HASH.format(f"{database}.expected"))
    assert expected[0]["rows"] == 20_000
    for kind in ("yaml", "json"):
        assert clickhouse.rows(HASH.format(f"{database}.from_{kind}")) == expected
        errors = f"SELECT count() FROM {database}.from_{kind}_penstock_error"
        assert clickhouse.query(errors) == "10"
    made = clickhouse.rows("SELECT engine, sorting_key, partition_key FROM system.tables "
                           f"WHERE database = '{database}' AND name = 'from_yaml'")
    assert made == [{"engine": "MergeTree", "sorting_key": "event, ts",
                     "partition_key": "toYYYYMM(ts)"}]


def test_one_pipe_reads_several_topics_with_several_partitions(
        broker, clickhouse, database, unique_name, document, drain):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64, _topic LowCardinality(String), "
                     "_partition UInt16, _offset UInt64) ENGINE = MergeTree ORDER BY id")
    topics = [Topic(broker, f"{unique_name}_{number}", number) for number in (1, 2, 4)]
    for number, topic in enumerate(topics):
        topic.produce(numbered(number * 3000, (number + 1) * 3000))
    drain(document(topics=", ".join(topic.name for topic in topics)))

    assert ids(clickhouse, database) == list(range(9000))
    stored = clickhouse.rows("SELECT _topic, _partition, count() AS rows, max(_offset) + 1 AS end, "
                             f"uniqExact(_offset) AS offsets FROM {database}.t GROUP BY ALL")
    ends = {(t.name, p): end for t in topics for p, end in t.end_offsets().items() if end > 0}
    assert {(row["_topic"], row["_partition"]): row["end"] for row in stored} == ends
    assert all(row["rows"] == row["offsets"] == row["end"] for row in stored)


def test_one_process_runs_the_pipes_of_several_files(
        broker, clickhouse, database, unique_name, document, drain, tmp_path):
    documents = []
    for number in range(3):
        name = f"{unique_name}_{number}"
        clickhouse.query(f"CREATE TABLE {database}.t{number} (id UInt64) "
                         "ENGINE = MergeTree ORDER BY id")
        Topic(broker, name).produce(numbered(number * 100, number * 100 + 50))
        documents.append(document(name=name, topics=name, table=f"t{number}"))
    two_in_one = tmp_path / "two.yaml"
    two_in_one.write_text("\n---\n".join(map(json.dumps, documents[:2])))
    pipe = drain(two_in_one, documents[2])
    for number in range(3):
        expected = list(range(number * 100, number * 100 + 50))
        assert ids(clickhouse, database, f"t{number}") == expected
        assert f"{unique_name}_{number}: 50 rows stored" in pipe.output()


VIRTUAL = {"_key": "Nullable(String)", "_timestamp": "DateTime64(3, 'UTC')", "_partition": "Int32",
           "_offset": "Int64", "_topic": "LowCardinality(String)", "_header_keys": "Array(String)",
           "_header_values": "Array(String)", "_raw_message": "String"}


def test_field_mappings_rename_fields_and_map_all_virtual_columns(
        clickhouse, database, topic, document, drain):
    columns = ", ".join(f"`v{name}` {type}" for name, type in VIRTUAL.items())
    clickhouse.query(f"CREATE TABLE {database}.t (number UInt64, name String, unmapped String, "
                     f"{columns}) ENGINE = MergeTree ORDER BY number")
    before = datetime.now(timezone.utc)
    first, second = b'{"id": 1, "n": "one", "unmapped": "x"}', b'{"n": "two", "id": 2}'
    topic.produce([first], key=b"k", headers=[("trace", b"\x00\xff"), ("trace", b"2")])
    topic.produce([second])
    drain(document(mappings=[
        {"sourceField": "id", "destinationField": "number"},
        {"sourceField": "n", "destinationField": "name"},
        *({"sourceField": name, "destinationField": f"v{name}"} for name in VIRTUAL),
    ]))

    rows = clickhouse.rows("SELECT * REPLACE (arrayMap(hex, v_header_values) AS v_header_values, "
                           "toUnixTimestamp64Milli(v_timestamp) AS v_timestamp) "
                           f"FROM {database}.t ORDER BY number")
    times = [row.pop("v_timestamp") / 1000 for row in rows]
    assert all(abs(time - before.timestamp()) < 60 for time in times)
    assert rows == [
        {"number": 1, "name": "one", "unmapped": "", "v_key": "k", "v_partition": 0, "v_offset": 0,
         "v_topic": topic.name, "v_header_keys": ["trace", "trace"],
         "v_header_values": ["00FF", "32"], "v_raw_message": first.decode()},
        {"number": 2, "name": "two", "unmapped": "", "v_key": None, "v_partition": 0,
         "v_offset": 1, "v_topic": topic.name, "v_header_keys": [], "v_header_values": [],
         "v_raw_message": second.decode()},
    ]


def test_a_second_run_goes_on_where_the_first_one_stopped(
        clickhouse, database, table, topic, document, drain):
    pipe = document()
    group = pipe["source"]["kafka"]["consumerGroup"]
    topic.produce(numbered(0, 1000))
    for _ in range(2):
        drain(pipe)
        assert ids(clickhouse, database) == list(range(1000))
        assert topic.committed(group) == topic.end_offsets()
    topic.produce(numbered(1000, 1500))
    drain(pipe)
    assert ids(clickhouse, database) == list(range(1500))


def test_from_latest_skips_what_was_there_at_the_first_start(
        clickhouse, database, table, topic, document, run_pipe):
    topic.produce(numbered(0, 100))
    pipe = run_pipe(document(kafka={"offset": {"strategy": "from_latest"}},
                             settings={"streaming_max_insert_wait_ms": 200}))
    wait_for(lambda: "running;" in pipe.output(), 60, "the pipe to run")
    number = 100

    def arrives() -> bool:  # the first ones may come before the pipe knows its partitions
        nonlocal number
        topic.produce(numbered(number, number + 1))
        number += 1
        return ids(clickhouse, database) != []

    wait_for(arrives, 60, "a row that was produced after the start", pause=0.3)
    assert pipe.stop() == 0
    stored = ids(clickhouse, database)
    assert stored == list(range(stored[0], stored[-1] + 1)) and stored[0] >= 100


def test_from_timestamp_begins_at_the_first_message_of_that_time(
        clickhouse, database, table, unique_name, broker, document, drain):
    topic = Topic(broker, unique_name + "_old")
    noon = int(datetime(2024, 2, 29, 12, tzinfo=timezone.utc).timestamp() * 1000)
    for minute in range(4):
        topic.produce(numbered(minute * 10, minute * 10 + 10), timestamp=noon + minute * 60_000)
    drain(document(topics=topic.name, kafka={
        "offset": {"strategy": "from_timestamp", "timestamp": "2024-02-29T12:02"}}))
    assert ids(clickhouse, database) == list(range(20, 40))


def test_a_managed_replacing_table_keeps_the_last_version(
        clickhouse, database, topic, document, drain):
    topic.produce(json.dumps({"id": i % 10, "version": i, "at": "2026-01-01 00:00:00"}).encode()
                  for i in range(50))
    drain(document(destination={
        "managedTable": True,
        "tableDefinition": {
            "engine": {"type": "ReplacingMergeTree", "versionColumnId": "version"},
            "sortingKey": ["id", "at"],
            "primaryKey": "id",
            "partitionBy": "toYear(at)",
            "ttl": "at + INTERVAL 50 YEAR",
        },
        "columns": [{"name": "id", "type": "UInt32"}, {"name": "version", "type": "UInt64"},
                    {"name": "at", "type": "DateTime('UTC')"}],
    }))
    made = clickhouse.rows("SELECT engine, engine_full, sorting_key, primary_key, partition_key "
                           f"FROM system.tables WHERE database = '{database}' AND name = 't'")[0]
    full = made.pop("engine_full")
    assert made == {"engine": "ReplacingMergeTree", "sorting_key": "id, at", "primary_key": "id",
                    "partition_key": "toYear(at)"}
    assert full.startswith("ReplacingMergeTree(version)") and "TTL at + toIntervalYear(50)" in full
    kept = clickhouse.rows(f"SELECT id, version FROM {database}.t FINAL ORDER BY id")
    assert kept == [{"id": i, "version": 40 + i} for i in range(10)]


@pytest.mark.parametrize("compression", ["none", "lz4"])
def test_inserts_travel_compressed_as_asked(
        clickhouse, database, table, topic, faults, document, drain, compression):
    topic.produce(numbered(0, 20_000))
    drain(document(url=faults.url, settings={"insert_compression": compression}))
    assert ids(clickhouse, database) == list(range(20_000))
    sent = sum(s.body_bytes for s in faults.seen if f"`{database}`.`t`" in s.query)
    plain = 20_000 * 8
    assert plain < sent < plain + 4000 if compression == "none" else sent < plain * 0.8
