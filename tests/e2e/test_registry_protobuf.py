"""Protobuf by Google's encoder, through a real broker and a real registry, into tables."""

import base64

import pytest
from protobuf_messages import ProtoFiles
from schema_frames import by_id

FIRST = b"\x00"  # the first message of its file
ADDRESS = 'syntax = "proto3"; package shop; message Address { string street = 1; int32 no = 2; }'
ORDER_1 = """\
syntax = "proto3";
package shop;
import "address.proto";
import "google/protobuf/timestamp.proto";
message Order {
  uint64 id = 1;
  string name = 2;
  Address to = 3;
  repeated int32 counts = 4;
  map<string, double> prices = 5;
  enum State { NEW = 0; PAID = 1; }
  State state = 6;
  google.protobuf.Timestamp at = 7;
  message Line { uint64 id = 1; string name = 2; }
}
message Refund { uint64 id = 1; string name = 2; }
"""
ORDER_2 = ORDER_1.replace("message Line", 'string note = 8;\n  message Line')


@pytest.fixture
def proto(tmp_path) -> ProtoFiles:
    return ProtoFiles(tmp_path / "one", {"address.proto": ADDRESS, "order.proto": ORDER_1})


@pytest.fixture
def changed_proto(tmp_path) -> ProtoFiles:
    return ProtoFiles(tmp_path / "two", {"address.proto": ADDRESS, "order.proto": ORDER_2})


@pytest.fixture
def register(registry, unique_name):
    """Registers an Order file under the topic's subject, its import under one of its own."""
    registry.register(f"{unique_name}-address", ADDRESS, "PROTOBUF")

    def make(text: str) -> int:
        return registry.register(f"{unique_name}-value", text, "PROTOBUF",
                                 [("address.proto", f"{unique_name}-address", 1)])

    return make


@pytest.fixture
def protobuf_pipe(document, registry):
    def make(url: str = "", **kafka) -> dict:
        registered = {"schemaRegistry": {"url": url or registry.url}}
        return document(kafka={"format": "Protobuf", **(kafka or registered)})

    return make


def make_table(clickhouse, database: str, columns: str) -> str:
    clickhouse.query(f"CREATE TABLE {database}.t ({columns}) ENGINE = MergeTree ORDER BY id")
    return f"{database}.t"


def test_a_message_with_references_lands_in_columns(
        clickhouse, database, topic, proto, register, protobuf_pipe, drain):
    table = make_table(clickhouse, database, "id UInt64, name String, to Tuple(street String, "
                       "no Int32), counts Array(Int32), prices Map(String, Float64), "
                       "state Enum8('NEW' = 0, 'PAID' = 1), at DateTime64(3, 'UTC')")
    order = proto["shop.Order"](id=7, name="ä", to={"street": "Main", "no": -5},
                                counts=[1, -2, 3], prices={"a": 1.5}, state=1)
    order.at.FromJsonString("2024-02-29T01:02:03.456Z")
    topic.produce([by_id(register(ORDER_1), order.SerializeToString(), FIRST)])
    drain(protobuf_pipe())
    assert clickhouse.rows(f"SELECT * FROM {table}") == [{
        "id": 7, "name": "ä", "to": {"street": "Main", "no": -5}, "counts": [1, -2, 3],
        "prices": {"a": 1.5}, "state": "PAID", "at": "2024-02-29 01:02:03.456"}]


def test_a_topic_may_mix_the_schemas_of_an_evolving_type(
        clickhouse, database, topic, proto, changed_proto, register, protobuf_pipe, drain):
    table = make_table(clickhouse, database, "id UInt64, note String DEFAULT 'none'")
    old, new = register(ORDER_1), register(ORDER_2)
    assert old != new
    before = proto["shop.Order"](id=1).SerializeToString()
    after = changed_proto["shop.Order"](id=2, note="fragile").SerializeToString()
    again = proto["shop.Order"](id=3, name="late").SerializeToString()
    topic.produce([by_id(old, before, FIRST), by_id(new, after, FIRST), by_id(old, again, FIRST)])
    drain(protobuf_pipe())
    assert clickhouse.rows(f"SELECT * FROM {table} ORDER BY id") == [
        {"id": 1, "note": "none"}, {"id": 2, "note": "fragile"}, {"id": 3, "note": "none"}]


def test_message_indexes_say_which_type_of_the_file_it_is(
        clickhouse, database, topic, proto, register, protobuf_pipe, drain):
    table = make_table(clickhouse, database, "id UInt64, name String")
    schema = register(ORDER_1)
    line = proto["shop.Order.Line"](id=1, name="line").SerializeToString()
    refund = proto["shop.Refund"](id=2, name="refund").SerializeToString()
    # Zigzag varints: how many, then each.
    topic.produce([by_id(schema, line, b"\x04\x00\x00"), by_id(schema, refund, b"\x02\x02")])
    drain(protobuf_pipe())
    assert clickhouse.rows(f"SELECT * FROM {table} ORDER BY id") == [
        {"id": 1, "name": "line"}, {"id": 2, "name": "refund"}]


@pytest.mark.parametrize("path", ["/subjects/{}-value", "/subjects/{}-value/latest",
                                  "/subjects/{}-value/versions/1", "/schemas/ids/{id}"])
def test_the_url_may_name_the_schema_of_messages_that_do_not(
        clickhouse, database, topic, proto, register, registry, unique_name, protobuf_pipe, drain,
        path):
    table = make_table(clickhouse, database, "id UInt64, name String")
    schema = register(ORDER_1)
    topic.produce([proto["shop.Order"](id=1, name="bare").SerializeToString()])
    drain(protobuf_pipe(registry.url + path.format(unique_name, id=schema)))
    assert clickhouse.rows(f"SELECT * FROM {table}") == [{"id": 1, "name": "bare"}]


def test_the_document_may_hold_the_schema(
        clickhouse, database, topic, proto, protobuf_pipe, drain):
    table = make_table(clickhouse, database, "id UInt64, name String")
    topic.produce([proto["shop.Refund"](id=1, name="given").SerializeToString()])
    schema = base64.b64encode(proto.descriptor_set).decode()
    drain(protobuf_pipe(protobufSchema=schema, protobufMessage="shop.Refund"))
    assert clickhouse.rows(f"SELECT * FROM {table}") == [{"id": 1, "name": "given"}]
