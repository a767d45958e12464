"""`penstock infer` for Avro and Protobuf: the table comes from the schema, the document runs."""

import base64
import datetime
import decimal
import io
import json
import subprocess

import fastavro
import pytest
from protobuf_messages import ProtoFiles
from schema_frames import by_id

from harness.places import PENSTOCK, required

ORDER = {
    "type": "record", "name": "Order", "namespace": "shop",
    "fields": [
        {"name": "id", "type": "long"},
        {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal",
                                            "precision": 9, "scale": 2}]},
        {"name": "lines", "type": {"type": "array", "items": {
            "type": "record", "name": "Line", "fields": [
                {"name": "sku", "type": "string"}, {"name": "count", "type": "int"}]}}},
        {"name": "labels", "type": {"type": "map", "values": "string"}},
        {"name": "source", "type": ["null", "string", "int"]},
    ],
}
ORDER_ROW = {
    "id": 7, "state": "PAID",
    "at": datetime.datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=datetime.timezone.utc),
    "price": decimal.Decimal("12.30"), "lines": [{"sku": "a", "count": 2}],
    "labels": {"k": "v"}, "source": "web",
}
EVENT = """\
syntax = "proto3";
package shop;
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
import "google/protobuf/struct.proto";
message Event {
  uint64 id = 1;
  Kind kind = 2;
  google.protobuf.Timestamp at = 3;
  google.protobuf.DoubleValue price = 4;
  User user = 5;
  map<string, int32> counts = 6;
  oneof what { string text = 7; int64 number = 8; }
  google.protobuf.Struct extra = 9;
  enum Kind { VIEW = 0; BUY = 1; }
  message User { int64 id = 1; optional string name = 2; }
}
"""


def infer(*arguments, code: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run([required(PENSTOCK), "infer", *map(str, arguments)],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def encoded(schema: dict, record: dict) -> bytes:
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(schema), record)
    return out.getvalue()


@pytest.fixture
def draft(broker, clickhouse, database, topic, registry, tmp_path):
    """Makes the path of a document that says where to read and write and nothing more."""

    def make(format: str, **kafka):
        path = tmp_path / "draft.json"
        if not kafka:
            kafka = {"schemaRegistry": {"url": registry.url}}
        path.write_text(json.dumps({
            "source": {"kafka": {"type": "kafka", "format": format, "topics": topic.name,
                                 "brokers": f"PLAINTEXT://{broker.address}", **kafka}},
            "destination": {"url": clickhouse.url, "database": database}}))
        return path

    return make


@pytest.fixture
def run_inferred(drain, tmp_path):
    """Infers from a draft and runs what was printed. Gives what stood on stderr."""

    def run(path) -> str:
        printed = infer("-f", path)
        finished = tmp_path / "finished.yaml"
        finished.write_text(printed.stdout)
        drain(finished)
        return printed.stderr

    return run


def columns_of(clickhouse, database: str, table: str) -> dict:
    found = clickhouse.rows(f"SELECT name, type FROM system.columns WHERE table = '{table}' "
                            f"AND database = '{database}' ORDER BY position")
    tables = clickhouse.query(f"SELECT name FROM system.tables WHERE database = '{database}'")
    assert tables == table  # no error table: nothing was refused
    return {row["name"]: row["type"] for row in found}


def test_the_schema_that_avro_messages_name_makes_the_table(
        clickhouse, database, topic, registry, unique_name, draft, run_inferred):
    schema = registry.register(f"{unique_name}-value", json.dumps(ORDER))
    topic.produce([by_id(schema, encoded(ORDER, ORDER_ROW)),
                   by_id(schema, encoded(ORDER, {**ORDER_ROW, "id": 8, "price": None,
                                                 "source": 5, "lines": []}))])
    assert run_inferred(draft("AvroConfluent")) == ""
    assert columns_of(clickhouse, database, topic.name) == {
        "id": "Int64", "state": "LowCardinality(String)", "at": "DateTime64(3, 'UTC')",
        "price": "Nullable(Decimal(9, 2))", "lines": "Array(Tuple(sku String, count Int32))",
        "labels": "Map(String, String)", "source": "Variant(Int32, String)"}
    rows = clickhouse.rows(f"SELECT * REPLACE (toString(price) AS price) "
                           f"FROM {database}.{topic.name} ORDER BY id")
    first = {**ORDER_ROW, "at": "2026-01-02 03:04:05.678", "price": "12.3"}
    assert rows == [first, {**first, "id": 8, "price": None, "source": 5, "lines": []}]
    assert clickhouse.query(f"SELECT sorting_key FROM system.tables WHERE name = '{topic.name}'") \
        == "state, at, id"


def test_the_schemas_of_an_evolving_topic_make_one_table(
        clickhouse, database, topic, registry, unique_name, draft, run_inferred):
    newer = {**ORDER, "fields": [*ORDER["fields"][1:], {"name": "id", "type": "long"},
                                 {"name": "note", "type": "string", "default": ""}]}
    old = registry.register(f"{unique_name}-value", json.dumps(ORDER))
    new = registry.register(f"{unique_name}-value", json.dumps(newer))
    topic.produce([by_id(new, encoded(newer, {**ORDER_ROW, "id": 1, "note": "n"})),
                   by_id(old, encoded(ORDER, {**ORDER_ROW, "id": 2}))])
    run_inferred(draft("AvroConfluent"))
    assert columns_of(clickhouse, database, topic.name)["note"] == "Nullable(String)"
    assert clickhouse.rows(f"SELECT id, note FROM {database}.{topic.name} ORDER BY id") == [
        {"id": 1, "note": "n"}, {"id": 2, "note": None}]


def test_the_message_that_protobuf_messages_name_makes_the_table(
        clickhouse, database, topic, registry, unique_name, draft, run_inferred, tmp_path):
    schema = registry.register(f"{unique_name}-value", EVENT, "PROTOBUF")
    event = ProtoFiles(tmp_path / "proto", {"event.proto": EVENT})["shop.Event"]
    full = event(id=1, kind=1, price={"value": 1.5}, user={"id": 5, "name": "n"},
                 counts={"a": 1}, number=7)
    full.at.FromJsonString("2026-01-02T03:04:05.123456789Z")
    full.extra.update({"a": {"b": [1, "x"]}})
    topic.produce([by_id(schema, message.SerializeToString(), b"\x00")
                   for message in (full, event(id=2))])
    assert run_inferred(draft("Protobuf")) == ""
    assert columns_of(clickhouse, database, topic.name) == {
        "id": "UInt64", "kind": "LowCardinality(String)", "at": "DateTime64(9, 'UTC')",
        "price": "Nullable(Float64)", "user": "Tuple(id Int64, name Nullable(String))",
        "counts": "Map(String, Int32)",
        "what": "Tuple(text Nullable(String), number Nullable(Int64))", "extra": "JSON"}
    rows = clickhouse.rows(f"SELECT * REPLACE (toString(extra) AS extra) "
                           f"FROM {database}.{topic.name} ORDER BY id")
    assert rows == [
        {"id": 1, "kind": "BUY", "at": "2026-01-02 03:04:05.123456789", "price": 1.5,
         "user": {"id": 5, "name": "n"}, "counts": {"a": 1},
         "what": {"text": None, "number": 7}, "extra": '{"a":{"b":[1,"x"]}}'},
        {"id": 2, "kind": "VIEW", "at": "1970-01-01 00:00:00.000000000", "price": None,
         "user": {"id": 0, "name": None}, "counts": {}, "what": {"text": None, "number": None},
         "extra": "{}"}]


@pytest.mark.parametrize("style, expected", [
    ("variant", {"what": "Variant(Int64, String)"}),
    ("columns", {"text": "Nullable(String)", "number": "Nullable(Int64)"})])
def test_the_document_says_what_a_oneof_becomes(
        clickhouse, database, topic, draft, run_inferred, tmp_path, style, expected):
    proto = ProtoFiles(tmp_path / "proto", {"event.proto": EVENT})
    topic.produce([proto["shop.Event"](id=1, text="t").SerializeToString(),
                   proto["shop.Event"](id=2, number=5).SerializeToString()])
    schema = base64.b64encode(proto.descriptor_set).decode()
    run_inferred(draft("Protobuf", protobufSchema=schema, protobufMessage="shop.Event",
                       protobufOneOf=style))
    columns = columns_of(clickhouse, database, topic.name)
    assert {name: columns.get(name) for name in expected} == expected
    rows = clickhouse.rows(f"SELECT {', '.join(expected)} FROM {database}.{topic.name} ORDER BY id")
    assert rows == ([{"what": "t"}, {"what": 5}] if style == "variant" else
                    [{"text": "t", "number": None}, {"text": None, "number": 5}])


def test_a_container_file_brings_its_schema(clickhouse, database, topic, draft, run_inferred):
    out = io.BytesIO()
    fastavro.writer(out, fastavro.parse_schema(ORDER), [ORDER_ROW, {**ORDER_ROW, "id": 8}])
    topic.produce([out.getvalue()])
    run_inferred(draft("Avro", avroSchema=json.dumps(ORDER)))
    assert columns_of(clickhouse, database, topic.name)["state"] == "LowCardinality(String)"
    assert clickhouse.query(f"SELECT count() FROM {database}.{topic.name}") == "2"


def test_an_empty_topic_has_the_latest_schema_of_its_subject(
        topic, registry, unique_name, draft):
    registry.register(f"{unique_name}-value", json.dumps(ORDER))
    printed = infer("-f", draft("AvroConfluent"))
    assert f"Columns from the registry's latest schema for {topic.name}; 0 messages" \
        in printed.stdout
    assert printed.stderr == ""
    report = json.loads(infer("-f", draft("AvroConfluent"), "--output", "json").stdout)
    assert report["samples"]["schemas"] == [f"the registry's latest schema for {topic.name}"]
    assert report["columns"][1]["reasons"][0]["reason"].startswith('enum "shop.State"')


def test_messages_without_a_schema_are_warned_of(topic, registry, unique_name, draft):
    registry.register(f"{unique_name}-value", json.dumps(ORDER))
    topic.produce([encoded(ORDER, {**ORDER_ROW, "id": 64})])
    assert "name no schema" in infer("-f", draft("AvroConfluent")).stderr


def test_no_schema_anywhere_is_said(topic, draft):
    said = infer("-f", draft("AvroConfluent"), code=3).stderr
    assert "SOURCE_SCHEMA_ERROR: there is no schema to learn from" in said
    assert f"{topic.name}-value" in said, said
    topic.produce([by_id(4_000_000, b"")])
    said = infer("-f", draft("AvroConfluent"), code=3).stderr
    assert "SOURCE_SCHEMA_ERROR" in said and "id 4000000" in said, said


def test_a_schema_of_another_language_is_said(topic, registry, unique_name, draft):
    schema = registry.register(f"{unique_name}-value", EVENT, "PROTOBUF")
    topic.produce([by_id(schema, b"")])
    said = infer("-f", draft("AvroConfluent"), code=3).stderr
    assert "is written in Protobuf, the pipe reads Avro" in said, said
