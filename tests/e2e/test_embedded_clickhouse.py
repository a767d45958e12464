"""The embedded ClickHouse as the official Python client sees it, unchanged."""

import datetime
import decimal
import ipaddress
import threading
import uuid

import pytest
from clickhouse_connect.driver.exceptions import DatabaseError
from clickhouse_connect.driver.external import ExternalData

TYPES = {
    "i8": ("Int8", -5),
    "u64": ("UInt64", 2**64 - 1),
    "f": ("Float64", 0.25),
    "b": ("Bool", True),
    "s": ("String", "häß\t'\\"),
    "fs": ("FixedString(3)", b"abc"),
    "d": ("Date", datetime.date(2026, 1, 2)),
    "dt": ("DateTime('UTC')", datetime.datetime(2026, 1, 2, 3, 4, 5)),
    "dt64": ("DateTime64(6, 'UTC')", datetime.datetime(2026, 1, 2, 3, 4, 5, 678901)),
    "dec": ("Decimal(38, 4)", decimal.Decimal("12345.6789")),
    "id": ("UUID", uuid.UUID("01234567-89ab-cdef-0123-456789abcdef")),
    "ip4": ("IPv4", ipaddress.IPv4Address("10.0.0.1")),
    "ip6": ("IPv6", ipaddress.IPv6Address("2001:db8::1")),
    "n": ("Nullable(Int32)", None),
    "lc": ("LowCardinality(String)", "low"),
    "e": ("Enum8('a' = 1, 'b' = 2)", "b"),
    "a": ("Array(Array(UInt8))", [[1, 2], []]),
    "m": ("Map(String, Int32)", {"x": 1, "y": -1}),
    "t": ("Tuple(Int8, String)", (1, "one")),
}


@pytest.fixture
def client(clickhouse, database):
    with clickhouse.client(database=database) as connected:
        yield connected


def test_create_insert_and_query_types(client):
    definition = ", ".join(f"{name} {kind}" for name, (kind, _) in TYPES.items())
    client.command(f"CREATE TABLE types ({definition}) ENGINE = MergeTree ORDER BY u64")
    values = [value for _, value in TYPES.values()]
    assert client.insert("types", [values, values], column_names=list(TYPES)).written_rows == 2
    result = client.query("SELECT * FROM types")
    assert result.row_count == 2
    assert list(result.result_rows[1]) == values
    described = client.query("DESCRIBE TABLE types").result_rows
    assert [row[1] for row in described] == [kind for kind, _ in TYPES.values()]


def test_commands_and_empty_results(client):
    assert client.ping()
    assert client.server_version.startswith("26.")
    assert client.command("SELECT 1 + 1") == 2
    assert client.query("SELECT number FROM numbers(0)").result_rows == []


def test_an_error_carries_its_code(client):
    with pytest.raises(DatabaseError) as caught:
        client.query("SELECT * FROM nowhere_to_be_found")
    assert caught.value.code == 60
    assert "UNKNOWN_TABLE" in str(caught.value)
    client.command("CREATE TABLE narrow (a UInt8) ENGINE = Memory")
    with pytest.raises(DatabaseError) as caught:
        client.raw_insert("narrow", ["a"], b"1\nnot a number\n", fmt="CSV")
    assert caught.value.code == 117
    assert client.command("SELECT count() FROM narrow") == 0


def test_parameters_reach_the_query(client):
    rows = client.query(
        "SELECT {a:Int32} + 1, {s:String}, {l:Array(String)}",
        parameters={"a": 41, "s": "tab\t'quote'", "l": ["x", "y"]},
    ).result_rows
    assert rows == [(42, "tab\t'quote'", ["x", "y"])]


def test_settings_hold_for_one_request(client):
    query = "SELECT getSetting('max_block_size')"
    before = client.command(query)
    assert client.command(query, settings={"max_block_size": 77}) == 77
    assert client.command(query) == before


def test_a_session_keeps_set_use_and_temporary_tables(clickhouse, database):
    query = "SELECT getSetting('max_block_size')"
    with clickhouse.client(session_id=str(uuid.uuid4())) as client:
        client.command("SET max_block_size = 123")
        client.command(f"USE {database}")
        client.command("CREATE TEMPORARY TABLE mine (a Int8)")
        client.command("INSERT INTO mine VALUES (1), (2)")
        assert client.command(query, settings={"max_threads": 1}) == 123
        assert client.command(query, settings={"max_block_size": 9}) == 9
        assert client.command(query) == 123
        assert client.command("SELECT currentDatabase()") == database
        assert client.command("SELECT count() FROM mine") == 2
    with clickhouse.client() as other, pytest.raises(DatabaseError) as caught:
        other.command("SELECT count() FROM mine")
    assert caught.value.code == 60


def test_clients_side_by_side(clickhouse):
    def work(number):
        with clickhouse.client() as client:
            for step in range(5):
                seen.append(client.command(f"SELECT {number} * 100 + {step} + sleep(0.05)"))

    seen = []
    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == sorted(n * 100 + s for n in range(8) for s in range(5))


def test_a_large_result_is_streamed(client):
    rows = 5_000_000
    with client.query_column_block_stream(f"SELECT number FROM numbers({rows})") as stream:
        assert sum(len(block[0]) for block in stream) == rows


def test_an_error_in_the_middle_of_a_stream(client):
    query = "SELECT throwIf(number = 3000000, 'three million') AS x FROM numbers(5000000)"
    with pytest.raises(Exception, match="three million"):
        with client.query_column_block_stream(query) as stream:
            for _ in stream:
                pass
    assert client.command("SELECT 1") == 1


def test_a_large_insert(client):
    client.command("CREATE TABLE big (id UInt64, s String) ENGINE = MergeTree ORDER BY id")
    rows = 300_000
    data = [list(range(rows)), [f"value {number}" for number in range(rows)]]
    client.insert("big", data, column_names=["id", "s"], column_oriented=True)
    result = client.query("SELECT count(), sum(id), uniqExact(s) FROM big")
    assert result.result_rows == [(rows, rows * (rows - 1) // 2, rows)]


@pytest.mark.parametrize("encoding", ["lz4", "zstd", "gzip"])
def test_compression_both_ways(clickhouse, database, encoding):
    with clickhouse.client(database=database, compress=encoding) as client:
        client.command("CREATE TABLE packed (id UInt32, s String) ENGINE = MergeTree ORDER BY id")
        rows = [(number, f"text {number % 10}") for number in range(50_000)]
        client.insert("packed", rows, column_names=["id", "s"])
        query = "SELECT * FROM packed ORDER BY id"
        assert client.query(query).result_rows == rows
        with client.query_rows_stream(query) as stream:
            assert sum(1 for _ in stream) == len(rows)


def test_forms_and_external_data(clickhouse):
    with clickhouse.client(form_encode_query_params=True) as client:
        query = "SELECT {a:String} AS x"
        assert client.query(query, parameters={"a": "in a form"}).result_rows == [("in a form",)]
        people = ExternalData(
            file_name="people.csv",
            data=b"1,Ann\n2,Bob\n",
            fmt="CSV",
            structure=["id UInt8", "name String"],
        )
        rows = client.query("SELECT name FROM people ORDER BY id", external_data=people).result_rows
        assert rows == [("Ann",), ("Bob",)]


def test_user_and_password(fresh_clickhouse):
    server = fresh_clickhouse(user="pen", password="stock")
    with server.client() as client:
        assert client.command("SELECT 1") == 1
    with pytest.raises(DatabaseError) as caught:
        server.client(password="wrong")
    assert caught.value.code == 516
