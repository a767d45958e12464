"""A registry that is away, refuses, or does not know a schema; logins; GUIDs."""

import uuid

import pytest
from protobuf_messages import ProtoFiles
from schema_frames import HEADER, by_glue_version, by_guid, by_id

from harness import wait_for

SCHEMA = 'syntax = "proto3"; message Event { uint64 id = 1; }'
FIRST = b"\x00"


@pytest.fixture
def event(tmp_path):
    """Encodes an Event."""
    made = ProtoFiles(tmp_path / "proto", {"event.proto": SCHEMA})["Event"]
    return lambda number: made(id=number).SerializeToString()


@pytest.fixture
def table(clickhouse, database) -> str:
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id")
    return f"{database}.t"


@pytest.fixture
def protobuf_pipe(document):
    def make(**registry) -> dict:
        return document(kafka={"format": "Protobuf", "schemaRegistry": registry})

    return make


def ids(clickhouse, table: str) -> list[int]:
    return [row["id"] for row in clickhouse.rows(f"SELECT id FROM {table} ORDER BY id")]


def errors_of(clickhouse, table: str) -> list[dict]:
    return clickhouse.rows(f"SELECT * FROM {table}_penstock_error ORDER BY _offset")


def test_a_registry_that_is_away_holds_the_pipe_and_rejects_nothing(
        clickhouse, table, topic, event, fresh_registry, protobuf_pipe, run_pipe):
    registry = fresh_registry()
    schema = registry.register("s", SCHEMA, "PROTOBUF")
    registry.pause()
    topic.produce([by_id(schema, event(number), FIRST) for number in range(3)])
    pipe = run_pipe(protobuf_pipe(url=registry.url))
    wait_for(lambda: "registry.unreachable" in pipe.output(), 60, "the pipe to say so")
    registry.resume()
    wait_for(lambda: ids(clickhouse, table) == [0, 1, 2], 60, "the rows to arrive")
    # What is known needs no registry any more.
    registry.kill()
    topic.produce([by_id(schema, event(3), FIRST)])
    wait_for(lambda: ids(clickhouse, table) == [0, 1, 2, 3], 60, "the row to arrive")
    assert pipe.stop() == 0
    assert clickhouse.query(f"EXISTS {table}_penstock_error") == "0"


def test_an_unknown_id_costs_its_row_only(
        clickhouse, table, topic, event, registry, unique_name, protobuf_pipe, drain):
    schema = registry.register(unique_name, SCHEMA, "PROTOBUF")
    topic.produce([by_id(schema, event(1), FIRST), by_id(999_999, event(2), FIRST),
                   by_id(schema, event(3), FIRST)])
    drain(protobuf_pipe(url=registry.url))
    assert ids(clickhouse, table) == [1, 3]
    [error] = errors_of(clickhouse, table)
    assert error["_offset"] == 1
    assert error["error_type"] == "SOURCE_SCHEMA_ERROR"
    assert "id 999999" in error["error"] and "Schema 999999 not found" in error["error"]


def test_a_message_that_names_no_schema_costs_its_row_when_the_pipe_names_none_either(
        clickhouse, table, topic, event, registry, protobuf_pipe, drain):
    topic.produce([event(1)])
    drain(protobuf_pipe(url=registry.url))
    [error] = errors_of(clickhouse, table)
    assert error["error_type"] == "SOURCE_SCHEMA_ERROR"
    assert "neither does the pipe" in error["error"]


def test_a_wrong_login_stops_the_pipe_and_the_right_one_goes_on(
        clickhouse, table, topic, event, fresh_registry, protobuf_pipe, run_pipe, drain):
    registry = fresh_registry(user="alice", password="correct", tls=True)
    schema = registry.register("s", SCHEMA, "PROTOBUF")
    topic.produce([by_id(schema, event(1), FIRST)])
    trusted = {"url": registry.url, "authentication": "PLAIN",
               "caCertificate": registry.certificate.certificate.read_text()}

    wrong = {**trusted, "credentials": {"username": "alice", "password": "wrong horse"}}
    refused = run_pipe(protobuf_pipe(**wrong), arguments=["--until-caught-up"])
    assert refused.wait() != 0
    assert "registry.auth" in refused.output()
    assert "Correct source.kafka.schemaRegistry.credentials" in refused.output()
    assert "wrong horse" not in refused.output()

    right = {"username": "alice", "password": "correct"}
    distrusted = run_pipe(protobuf_pipe(url=registry.url, credentials=right),
                          arguments=["--until-caught-up"])
    assert distrusted.wait() != 0
    assert "certificate" in distrusted.output()

    drain(protobuf_pipe(**trusted, credentials=right))
    assert ids(clickhouse, table) == [1]


def test_credentials_change_while_the_pipe_runs(
        clickhouse, table, topic, event, fresh_registry, protobuf_pipe, run_pipe):
    registry = fresh_registry(user="alice", password="old")
    schema = registry.register("s", SCHEMA, "PROTOBUF")
    topic.produce([by_id(schema, event(1), FIRST)])
    login = {"username": "alice", "password": "old"}
    pipe = run_pipe(protobuf_pipe(url=registry.url, authentication="PLAIN", credentials=login))
    wait_for(lambda: ids(clickhouse, table) == [1], 30, "the first row")

    registry.stop()
    registry.change_login("alice", "new")
    registry.start()
    registry.register("s", SCHEMA, "PROTOBUF")
    newer = registry.register("s", SCHEMA.replace("id = 1;", "id = 1; bool more = 2;"), "PROTOBUF")
    assert newer != schema
    login["password"] = "new"
    pipe.reload(protobuf_pipe(url=registry.url, authentication="PLAIN", credentials=login))
    wait_for(lambda: "credentials were read again" in pipe.output(), 10, "the new login")
    topic.produce([by_id(newer, event(2), FIRST)])
    wait_for(lambda: ids(clickhouse, table) == [1, 2], 30, "the row of a schema not seen before")


def test_a_client_certificate_opens_a_registry_that_asks_for_one(
        clickhouse, table, topic, event, guid_registry, protobuf_pipe, run_pipe, drain):
    registry = guid_registry(mutual_tls=True)
    own = registry.certificate.certificate.read_text()
    guid = registry.register("s", SCHEMA, "PROTOBUF")
    topic.produce([by_guid(guid, event(1), FIRST)])

    stranger = run_pipe(protobuf_pipe(url=registry.url, caCertificate=own),
                        arguments=["--until-caught-up"])
    assert stranger.wait() != 0
    assert "certificate" in stranger.output()

    drain(protobuf_pipe(
        url=registry.url, caCertificate=own, authentication="MUTUAL_TLS",
        credentials={"certificate": own, "privateKey": registry.certificate.key.read_text()}))
    assert ids(clickhouse, table) == [1]


def test_guids_are_found_in_front_and_in_the_header(
        clickhouse, table, topic, event, guid_registry, protobuf_pipe, drain):
    registry = guid_registry()
    guid = registry.register("s", SCHEMA, "PROTOBUF")
    unknown = uuid.uuid4()
    topic.produce([by_guid(guid, event(1), FIRST)])
    topic.produce([event(2)], headers=[(HEADER, by_guid(guid, b"", FIRST)), ("other", b"x")])
    topic.produce([by_guid(unknown, event(3), FIRST)])
    drain(protobuf_pipe(url=registry.url))
    assert ids(clickhouse, table) == [1, 2]
    [error] = errors_of(clickhouse, table)
    assert str(unknown) in error["error"]


def test_a_frame_of_another_registry_costs_its_row_only(
        clickhouse, table, topic, event, registry, unique_name, protobuf_pipe, drain):
    schema = registry.register(unique_name, SCHEMA, "PROTOBUF")
    version = uuid.uuid4()
    topic.produce([by_glue_version(version, b"\x00" + event(1)),
                   by_glue_version(version, b"\x00" + event(2), compress=True),
                   by_id(schema, event(3), FIRST)])
    drain(protobuf_pipe(url=registry.url))
    assert ids(clickhouse, table) == [3]
    assert [error["error_type"] for error in errors_of(clickhouse, table)] == [
        "SOURCE_SCHEMA_ERROR"] * 2
