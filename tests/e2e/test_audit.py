"""`penstock audit` finds exactly what is missing, double or unexpected in the table."""

import pytest
from confluent_kafka import Producer

from harness.verbs import Verbs

COLUMNS = ("(id UInt64, small UInt8, _topic LowCardinality(String), _partition Int32, "
           "_offset Int64)")


@pytest.fixture
def table(clickhouse, database) -> str:
    clickhouse.query(f"CREATE TABLE {database}.t {COLUMNS} ENGINE = MergeTree ORDER BY id")
    return f"{database}.t"


@pytest.fixture
def audit(tmp_path):
    """The audit of a document as JSON: `audit(document, …, code=0)`."""

    def run(document: dict, *words: str, code: int = 0) -> dict:
        return Verbs(tmp_path, document).json("audit", *words, code=code)

    return run


def findings(audited: dict) -> list[tuple]:
    return [(f["finding"], f["partition"], f["first"], f["last"]) for f in audited["findings"]]


def test_three_deleted_and_two_doubled_rows_are_found_exactly(
        clickhouse, table, topic, document, drain, audit, tmp_path, faults):
    """300,000 messages, broken ones among them, so that several ranges are compared."""
    topic.add_partitions(2)
    for partition, count in enumerate((250_000, 50_000)):
        topic.produce((b'{"id": %d, "small": %d}' % (n, 300 if n % 10_000 == 7 else 1)
                       for n in range(count)), partition=partition)
    pipe = document()
    drain(pipe)
    clean = audit(document(url=faults.url))
    assert clean["clean"] and clean["findings"] == []
    by_offset = [seen for seen in faults.seen if "row_number" in seen.query]
    assert not [seen for seen in by_offset if f"`{table.split('.')[1]}` WHERE" in seen.query]
    assert [(p["messages"], p["rows"], p["errorRows"]) for p in clean["partitions"]] == [
        (250_000, 249_975, 25), (50_000, 49_995, 5)]

    gone = [(0, 5), (0, 120_000), (1, 49_999)]
    twice = [(0, 100_000), (1, 0)]
    where = ", ".join(map(str, gone))
    clickhouse.query(f"ALTER TABLE {table} DELETE WHERE (_partition, _offset) IN ({where})",
                     mutations_sync=2)
    where = ", ".join(map(str, twice))
    clickhouse.query(f"INSERT INTO {table} SELECT * FROM {table} "
                     f"WHERE (_partition, _offset) IN ({where})")
    found = audit(pipe, code=1)
    assert sorted(findings(found)) == sorted(
        [("missing", p, o, o) for p, o in gone] + [("double", p, o, o) for p, o in twice])
    assert [(p["missing"], p["double"], p["unexpected"]) for p in found["partitions"]] == [
        (2, 1, 0), (1, 1, 0)]
    printed = Verbs(tmp_path, pipe).run("audit", code=1)
    assert f"missing    {topic.name}:0 offset 120000" in printed
    part = audit(pipe, "--from", "6", "--to", "49999")
    assert (part["partitions"][0]["messages"], part["clean"]) == (49_993, True)


def test_error_rows_that_are_gone_or_double_are_found_and_replayed_ones_are_fine(
        clickhouse, table, topic, document, drain, audit, tmp_path):
    topic.produce([b'{"id": %d, "small": 300}' % number for number in range(20)])
    pipe = document()
    drain(pipe)
    errors = f"{table}_penstock_error"
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt16")
    Verbs(tmp_path, pipe).run("errors", "replay", "--where", "_offset < 10")
    assert audit(pipe)["clean"]
    clickhouse.query(f"ALTER TABLE {errors} DELETE WHERE _offset = 11", mutations_sync=2)
    clickhouse.query(f"INSERT INTO {errors} SELECT * FROM {errors} WHERE _offset = 15")
    clickhouse.query(f"INSERT INTO {table} SELECT 1, 1, '{topic.name}', 0, 18")
    assert findings(audit(pipe, code=1)) == [
        ("missing", 0, 11, 11), ("double", 0, 15, 15), ("double", 0, 18, 18)]


def test_a_message_of_several_rows_is_whole_or_not(
        clickhouse, table, topic, document, drain, audit):
    topic.produce([b'[{"id": 1}, {"id": 2}]', b"[]", b'{"id": 3}\n{"id": 4}\n{"id": 5}', None])
    pipe = document()
    drain(pipe)
    assert audit(pipe)["clean"]
    clickhouse.query(f"ALTER TABLE {table} DELETE WHERE id = 4", mutations_sync=2)
    clickhouse.query(f"INSERT INTO {table} SELECT 9, 1, '{topic.name}', 0, arrayJoin([0, 1, 3])")
    assert findings(audit(pipe, code=1)) == [
        ("double", 0, 0, 0), ("unexpected", 0, 1, 1), ("missing", 0, 2, 2),
        ("unexpected", 0, 3, 3)]


def test_offsets_without_a_message_are_no_loss(
        broker, clickhouse, table, topic, document, drain, audit):
    """Control records and aborted transactions leave gaps; rows that stand there are too many."""
    producer = Producer({"bootstrap.servers": broker.address, "transactional.id": topic.name})
    producer.init_transactions(30)
    for number, commits in enumerate([True, False, True]):
        producer.begin_transaction()
        for _ in range(10):
            producer.produce(topic.name, b'{"id": %d}' % number)
        producer.flush(30)
        producer.commit_transaction(30) if commits else producer.abort_transaction(30)
    pipe = document()
    drain(pipe)
    clean = audit(pipe)
    assert (clean["clean"], clean["partitions"][0]["messages"]) == (True, 20)
    partition = clean["partitions"][0]
    assert partition["to"] + partition["offsetsBehind"] == 33  # each transaction ends in a record
    clickhouse.query(f"INSERT INTO {table} SELECT 1, 1, '{topic.name}', 0, 15")
    assert findings(audit(pipe, code=1)) == [("unexpected", 0, 15, 15)]


def test_without_positions_rows_are_counted(
        clickhouse, database, topic, document, drain, audit):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id")
    topic.produce([b'{"id": %d}' % number for number in range(100)] + [b"broken"])
    pipe = document()
    drain(pipe)
    counted = audit(pipe)
    assert (counted["counts"]["expected"], counted["counts"]["found"]) == (100, 100)
    assert "`_topic`" in counted["counts"]["why"]
    clickhouse.query(f"ALTER TABLE {database}.t DELETE WHERE id = 4", mutations_sync=2)
    assert audit(pipe, code=1)["counts"]["found"] == 99


def test_what_cannot_be_audited_says_why(
        clickhouse, database, topic, document, drain, tmp_path):
    clickhouse.query(f"CREATE TABLE {database}.t {COLUMNS} "
                     "ENGINE = ReplacingMergeTree ORDER BY id")
    topic.produce([b'{"id": 1}'])
    pipe = document()
    drain(pipe)
    Verbs(tmp_path, pipe).run("audit", code=2)
    latest = document(kafka={"offset": {"strategy": "from_latest"}})
    Verbs(tmp_path, latest).run("audit", code=2)
    Verbs(tmp_path, pipe).run("audit", "--from", "yesterday", code=2)
