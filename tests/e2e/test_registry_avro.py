"""Avro by fastavro's encoder, through a real broker and a real registry, into tables."""

import datetime
import decimal
import io
import json

import fastavro
import pytest
from schema_frames import by_id

ADDRESS = {"type": "record", "name": "Address", "namespace": "shop",
           "fields": [{"name": "street", "type": "string"}]}
ORDER = {
    "type": "record", "name": "Order", "namespace": "shop",
    "fields": [
        {"name": "id", "type": "long"},
        {"name": "name", "type": ["null", "string"]},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9,
                                   "scale": 2}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}},
        {"name": "counts", "type": {"type": "array", "items": "int"}},
    ],
}


def encoded(schema: dict, record: dict) -> bytes:
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(schema), record)
    return out.getvalue()


@pytest.fixture
def avro_pipe(document, registry):
    return lambda: document(kafka={"format": "AvroConfluent",
                                   "schemaRegistry": {"url": registry.url}})


def test_a_record_lands_in_columns(
        clickhouse, database, topic, registry, unique_name, avro_pipe, drain):
    clickhouse.query(f"CREATE TABLE {database}.t (id Int64, name Nullable(String), price "
                     "Decimal(9, 2), at DateTime64(3, 'UTC'), state Enum8('NEW' = 0, 'PAID' = 1), "
                     "counts Array(Int32)) ENGINE = MergeTree ORDER BY id")
    schema = registry.register(f"{unique_name}-value", json.dumps(ORDER))
    at = datetime.datetime(2024, 2, 29, 1, 2, 3, 456_000, tzinfo=datetime.timezone.utc)
    order = {"id": 1, "name": "ä", "price": decimal.Decimal("-12.34"), "at": at,
             "state": "PAID", "counts": [1, -2]}
    topic.produce([by_id(schema, encoded(ORDER, order)),
                   by_id(schema, encoded(ORDER, {**order, "id": 2, "name": None}))])
    drain(avro_pipe())
    expected = {"name": "ä", "price": "-12.34", "at": "2024-02-29 01:02:03.456", "state": "PAID",
                "counts": [1, -2]}
    assert clickhouse.rows(
        f"SELECT id, name, toString(price) AS price, at, state, counts FROM {database}.t "
        "ORDER BY id") == [{"id": 1, **expected}, {"id": 2, **expected, "name": None}]


def test_a_topic_may_mix_the_schemas_of_an_evolving_record(
        clickhouse, database, topic, registry, unique_name, avro_pipe, drain):
    clickhouse.query(f"CREATE TABLE {database}.t (id Int64, note String DEFAULT 'none', "
                     "size Int64) ENGINE = MergeTree ORDER BY id")
    old = {"type": "record", "name": "R", "fields": [{"name": "id", "type": "int"},
                                                     {"name": "size", "type": "int"}]}
    new = {"type": "record", "name": "R", "fields": [{"name": "note", "type": "string"},
                                                     {"name": "size", "type": "long"},
                                                     {"name": "id", "type": "int"}]}
    first = registry.register(f"{unique_name}-value", json.dumps(old))
    second = registry.register(f"{unique_name}-value", json.dumps(new))
    assert first != second
    topic.produce([by_id(first, encoded(old, {"id": 1, "size": 10})),
                   by_id(second, encoded(new, {"id": 2, "size": 2**40, "note": "fragile"})),
                   by_id(first, encoded(old, {"id": 3, "size": 30}))])
    drain(avro_pipe())
    assert clickhouse.rows(f"SELECT id, note, toString(size) AS size FROM {database}.t "
                           "ORDER BY id") == [
        {"id": 1, "note": "none", "size": "10"},
        {"id": 2, "note": "fragile", "size": str(2**40)},
        {"id": 3, "note": "none", "size": "30"}]


def test_a_record_may_refer_to_one_of_another_subject(
        clickhouse, database, topic, registry, unique_name, avro_pipe, drain):
    clickhouse.query(f"CREATE TABLE {database}.t (id Int64, `to` Tuple(street String)) "
                     "ENGINE = MergeTree ORDER BY id")
    registry.register(f"{unique_name}-address", json.dumps(ADDRESS))
    parcel = {"type": "record", "name": "Parcel", "namespace": "shop",
              "fields": [{"name": "id", "type": "long"}, {"name": "to", "type": "shop.Address"}]}
    schema = registry.register(f"{unique_name}-value", json.dumps(parcel), references=[
        ("shop.Address", f"{unique_name}-address", 1)])
    whole = {**parcel, "fields": [parcel["fields"][0], {"name": "to", "type": ADDRESS}]}
    topic.produce([by_id(schema, encoded(whole, {"id": 1, "to": {"street": "Main"}}))])
    drain(avro_pipe())
    assert clickhouse.rows(f"SELECT * FROM {database}.t") == [
        {"id": 1, "to": {"street": "Main"}}]
