"""A broken message costs one row of the error table: never its neighbours, never the pipe."""

import hashlib
import itertools
import json
import random

import pytest

BIG = 20 << 20
DEEP = b'{"id": 1, "text": ' + b"[" * 1000 + b"]" * 1000 + b"}"

# name: message, error_field, part of the reason
BROKEN = {
    "empty": (b"", "", "empty"),
    "truncated": (b'{"id": 1, "text": "cut', "", ""),
    "scalar": (b"42", "", "object"),
    "list of numbers": (b"[1, 2]", "", "object"),
    "second of two rows": (b'{"id": 1}{"id": "x"}', "id", "row 2"),
    "wrong type": (b'{"id": {"a": 1}}', "id", ""),
    "unreadable": (b'{"id": 1, "at": "yesterday"}', "at", "yesterday"),
    "overflow": (b'{"id": 1, "small": 256}', "small", "256"),
    "negative": (b'{"id": -1}', "id", "-1"),
    "invalid UTF-8": (b'{"id": 1, "text": "\xff\xfe"}', "", "UTF-8"),
    "deep": (DEEP, "", "deep"),
    "binary": (bytes(range(256)), "", ""),
}

COLUMNS = "(id UInt64, text String, at DateTime('UTC'), small UInt8)"


@pytest.fixture
def table(clickhouse, database) -> str:
    clickhouse.query(f"CREATE TABLE {database}.t {COLUMNS} ENGINE = MergeTree ORDER BY id")
    return f"{database}.t"


def errors_of(clickhouse, table: str, columns: str = "*") -> list[dict]:
    return clickhouse.rows(f"SELECT {columns} FROM {table}_penstock_error ORDER BY _offset")


def ids(clickhouse, table: str) -> list[int]:
    return [row["id"] for row in clickhouse.rows(f"SELECT id FROM {table} ORDER BY id")]


def test_each_broken_message_costs_one_error_row(clickhouse, table, topic, document, drain):
    good = [b'{"id": %d, "text": "neighbour"}' % number for number in range(len(BROKEN))]
    broken = [message for message, _, _ in BROKEN.values()]
    topic.produce(itertools.chain(*zip(good, broken), [b'{"id": 200}']),
                  key=b"the key", headers=[("a", b"1"), ("b", b"")])
    pipe = drain(document())

    assert ids(clickhouse, table) == [*range(len(BROKEN)), 200]
    found = errors_of(clickhouse, table,
                      "*, hex(raw_message) AS raw, toUnixTimestamp(_message_timestamp) AS time")
    assert [row["_offset"] for row in found] == [2 * n + 1 for n in range(len(BROKEN))]
    for row, (name, (message, field, reason)) in zip(found, BROKEN.items()):
        assert bytes.fromhex(row["raw"]) == message, name
        assert row["error_field"] == field, name
        assert row["error"] and reason in row["error"], name
        assert row["error_type"] == "DATA_PARSING_ERROR"
        assert (row["_topic"], row["_partition"], row["_key"]) == (topic.name, 0, "the key")
        assert (row["_header_keys"], row["_header_values"]) == (["a", "b"], ["1", ""])
        assert row["pipe_name"] == document()["name"]
        assert row["time"] > 1_700_000_000
    assert f"{len(BROKEN)} rejected" in pipe.output()


def test_a_message_of_several_rows_is_stored_whole(clickhouse, table, topic, document, drain):
    topic.produce([b'[{"id": 1}, {"id": 2}]', b'{"id": 3}\n{"id": 4}\n', b"[]", b'{"id": 5}'])
    drain(document())
    assert ids(clickhouse, table) == [1, 2, 3, 4, 5]
    assert clickhouse.query(f"EXISTS {table}_penstock_error") == "0"


def test_a_tombstone_is_no_row_and_no_error(clickhouse, table, topic, document, drain):
    topic.produce([b'{"id": 1}', None, b'{"id": 2}'], key=b"k")
    pipe = document()
    drain(pipe)
    assert ids(clickhouse, table) == [1, 2]
    assert topic.committed(pipe["source"]["kafka"]["consumerGroup"]) == {0: 3}
    assert clickhouse.query(f"EXISTS {table}_penstock_error") == "0"


def test_a_message_of_20_mb_is_stored_unless_the_limit_is_lower(
        clickhouse, table, topic, document, drain):
    text = random.Random(1).randbytes(BIG // 2).hex()
    large = json.dumps({"id": 2, "text": text}).encode()
    topic.produce([b'{"id": 1}', large, b'{"id": 3}'])
    drain(document())
    assert ids(clickhouse, table) == [1, 2, 3]
    stored = clickhouse.query(f"SELECT lower(hex(MD5(text))) FROM {table} WHERE id = 2")
    assert stored == hashlib.md5(text.encode()).hexdigest()

    clickhouse.query(f"TRUNCATE TABLE {table}")
    drain(document(name=f"{topic.name}_small", settings={"max_message_bytes": "16MiB"}))
    assert ids(clickhouse, table) == [1, 3]
    error = errors_of(clickhouse, table, "_offset, hex(MD5(raw_message)) AS hash, error")
    assert [(row["_offset"], row["hash"].lower()) for row in error] == [
        (1, hashlib.md5(large).hexdigest())]
    assert f"{len(large)} bytes" in error[0]["error"] and f"{16 << 20}" in error[0]["error"]


def test_rows_that_break_a_constraint_of_the_table_are_set_aside(
        clickhouse, table, topic, document, drain):
    clickhouse.query(f"ALTER TABLE {table} ADD CONSTRAINT even CHECK small % 2 = 0")
    odd = {17, 2500, 4999}
    lines = [b'{"id":%d,"small":%d}' % (number, number in odd) for number in range(5000)]
    topic.produce(lines)
    drain(document())
    assert ids(clickhouse, table) == [n for n in range(5000) if n not in odd]
    found = errors_of(clickhouse, table, "_offset, raw_message, error_type, error")
    assert [(row["_offset"], row["raw_message"].encode()) for row in found] == [
        (number, lines[number]) for number in sorted(odd)]
    assert {row["error_type"] for row in found} == {"INSERT_ERROR"}
    assert all("even" in row["error"] for row in found)


def test_a_topic_of_rejects_stops_the_pipe_instead_of_filling_the_error_table(
        clickhouse, table, topic, document, run_pipe, drain):
    wrong = [b'{"id": "x%d"}' % number for number in range(3000)]
    topic.produce([b'{"id": 1}'] * 500 + wrong)
    pipe = document(settings={"rejected_share_window": 1000, "max_insert_rows": 500})
    stopped = run_pipe(pipe, arguments=["--until-caught-up"])
    assert stopped.wait() == 3
    said = stopped.output()
    assert "max_rejected_share is 0.5" in said and 'column "id" UInt64' in said, said
    assert "penstock errors replay" in said
    kept = int(clickhouse.query(f"SELECT count() FROM {table}_penstock_error"))
    assert 500 <= kept < 2500
    assert topic.committed(pipe["source"]["kafka"]["consumerGroup"]) == {0: 500 + kept}

    drain({**pipe, "settings": {**pipe["settings"], "max_rejected_share": 1}})
    assert clickhouse.query(f"SELECT uniqExact(_offset) FROM {table}_penstock_error") == "3000"
