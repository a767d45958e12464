"""The load generator: what it sends is what it prints, and the same every time."""

import io
import json
import subprocess
from collections import Counter

import fastavro
import pytest
from google.protobuf import json_format, proto
from protobuf_messages import ProtoFiles

from harness.places import PRODUCE, required
from harness.topic import EXISTING, Topic

FIELDS = "id ts session_id user event url amount mobile ip country tags".split()


def produce(*arguments) -> bytes:
    command = [required(PRODUCE), *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=60).stdout


def test_events_have_the_promised_shape_and_size():
    lines = produce("--print", "--count", 5000).splitlines()
    events = [json.loads(line) for line in lines]
    assert [event["id"] for event in events] == list(range(5000))
    assert all(list(event) == FIELDS for event in events)
    assert 250 < sum(map(len, lines)) / len(lines) < 280
    assert events[0]["ts"] == "2026-01-02 03:04:05.678"
    assert len({event["event"] for event in events}) == 8 - 1  # page_view counts twice
    assert len({event["country"] for event in events}) == 30
    assert {len(event["tags"]) for event in events} == set(range(7))


def test_orders_are_nested_and_of_the_promised_size():
    lines = produce("--event", "order", "--print", "--count", 2000).splitlines()
    orders = [json.loads(line) for line in lines]
    columns = produce("--event", "order", "--columns").decode().splitlines()
    assert all(list(order) == [column.split(" ")[0] for column in columns] for order in orders)
    assert 1400 < sum(map(len, lines)) / len(lines) < 1600
    assert all(len(order["readings"]) == 30 and len(order["attributes"]) == 8 for order in orders)
    assert {len(order["device"]) for order in orders} == {3}
    assert {order["coupon"] is None for order in orders} == {True, False}
    digits = [len(str(reading)) - 1 for order in orders for reading in order["readings"]]
    assert 15 < sum(digits) / len(digits) < 17


def test_orders_load_as_clickhouse_itself_loads_them(clickhouse, database, topic, document, drain):
    lines = produce("--event", "order", "--print", "--count", 2000)
    columns = produce("--event", "order", "--columns").decode().splitlines()
    for table in ("t", "expected"):
        clickhouse.query(f"CREATE TABLE {database}.{table} ({', '.join(columns)}) "
                         "ENGINE = MergeTree ORDER BY id")
    clickhouse.query(f"INSERT INTO {database}.expected FORMAT JSONEachRow", lines)
    topic.produce(lines.splitlines())
    drain(document())
    hashes = {clickhouse.query(f"SELECT count(), sum(cityHash64(*)) FROM {database}.{table}")
              for table in ("t", "expected")}
    assert len(hashes) == 1 and hashes.pop().startswith("2000\t")


def test_avro_says_what_the_json_says():
    for event in ("web", "order", "long_order"):
        lines = produce("--event", event, "--print", "--count", 500).splitlines()
        file = produce("--event", event, "--format", "avro", "--print", "--count", 500)
        records = list(fastavro.reader(io.BytesIO(file)))
        for record in records:
            record["ts"] = f"{record['ts']:%Y-%m-%d %H:%M:%S.%f}"[:-3]
            if event == "web":
                record["session_id"] = str(record["session_id"])
            else:
                record["total"] = float(record["total"])
        assert records == [json.loads(line) for line in lines]


@pytest.mark.parametrize("event", ["web", "order"])
def test_protobuf_is_what_protobufs_own_library_reads(event, tmp_path):
    schema = produce("--event", event, "--format", "protobuf", "--schema").decode()
    root = {"web": "Event", "order": "Order"}[event]
    message = ProtoFiles(tmp_path, {"event.proto": schema})[root]
    file = io.BytesIO(produce("--event", event, "--format", "protobuf", "--print", "--count", 500))
    for line in produce("--event", event, "--print", "--count", 500).splitlines():
        expected = json.loads(line)
        expected["ts"] = expected["ts"].replace(" ", "T") + "Z"
        if event == "order":
            expected["total"] = f"{expected['total']:.2f}"
        expected = {name: value for name, value in expected.items() if value is not None}
        expected = json_format.ParseDict(expected, message())
        assert proto.parse_length_prefixed(message, file) == expected
    assert file.read() == b""


def test_a_rate_spreads_events_over_time(broker, unique_name):
    arguments = ["--brokers", broker.address, "--partitions", 1, "--topic", unique_name]
    produce(*arguments, "--count", 500, "--rate", 1000)
    messages = Topic(broker, unique_name, EXISTING).consume_all()
    first, middle, last = (messages[number].timestamp()[1] for number in (0, 250, 499))
    assert len(messages) == 500
    assert middle - first > 150 and last - middle > 150  # 250 ms each on an idle machine


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not():
    first = produce("--print", "--count", 100, "--broken", 3, "--seed", 7)
    assert first == produce("--print", "--count", 100, "--broken", 3, "--seed", 7)
    assert first != produce("--print", "--count", 100, "--broken", 3, "--seed", 8)


def test_broken_messages_are_spread_and_of_ten_kinds():
    lines = produce("--print", "--count", 1000, "--broken", 10).splitlines()
    good = set(produce("--print", "--count", 1000).splitlines())
    broken = [number for number, line in enumerate(lines) if line not in good]
    assert len(broken) == 10 and len(lines) == 1010
    assert all(90 < right - left < 110 for left, right in zip(broken, broken[1:]))


@pytest.mark.parametrize("partitions", [1, 4])
def test_a_topic_receives_every_message_once(broker, unique_name, partitions):
    arguments = ["--count", 20_000, "--broken", 10, "--topic", unique_name]
    produce("--brokers", broker.address, "--partitions", partitions, *arguments)
    printed = Counter(produce("--print", *arguments).removesuffix(b"\n").split(b"\n"))
    messages = Topic(broker, unique_name, EXISTING).consume_all()
    assert Counter(message.value() for message in messages) == printed
    assert {message.partition() for message in messages} == set(range(partitions))
    for message in messages[:100]:
        if message.value().startswith(b'{"id"') and message.value().endswith(b"}"):
            assert json.loads(message.value())["user"] == message.key().decode()
