"""The embedded ClickHouse's HTTP interface, byte by byte."""

import gzip
import http.client
import pathlib
import threading
import time
import uuid

import pytest
from plain_http import request, target

BY_FIRST = "ENGINE = MergeTree ORDER BY"
NULLS = "SELECT toUInt32(number + 1) AS id, if(number % 2, toInt32(5), NULL) AS a FROM numbers(2)"


def test_fixed_paths_answer_without_a_query(clickhouse):
    for path in ("/ping", "/", "/replicas_status"):
        answer = request(clickhouse, method="GET", path=path)
        assert (answer.status, answer.body) == (200, b"Ok.\n")
    assert request(clickhouse, method="GET", path="/nothing").status == 404


def test_errors_have_clickhouses_status_and_text(clickhouse):
    answer = request(clickhouse, "SELECT * FROM nowhere_to_be_found")
    assert (answer.status, answer.code) == (404, 60)
    assert answer.body.startswith(b"Code: 60. DB::Exception: ")
    assert answer.body.count(b"DB::Exception") == 1 and b"(version 26." in answer.body
    assert request(clickhouse, "SELECT FROM WHERE").status == 400
    assert request(clickhouse, "SELECT 1; SELECT 2").code == 62
    assert request(clickhouse, "").code == 62
    assert request(clickhouse, "SELECT 1", nonsense_setting="1").status == 404
    answer = request(clickhouse, "SELECT 1", compress="1")
    assert answer.status == 501 and b"Accept-Encoding" in answer.body


def test_answers_name_themselves(clickhouse):
    answer = request(clickhouse, "SELECT 1 AS x FORMAT JSONEachRow", method="GET",
                     default_format="CSV", query_id="mine")
    assert answer.body == b'{"x":1}\n'
    assert answer.headers["X-ClickHouse-Format"] == "JSONEachRow"
    assert answer.headers["X-ClickHouse-Query-Id"] == "mine"
    assert answer.headers["X-ClickHouse-Timezone"]
    assert answer.headers["X-ClickHouse-Server-Display-Name"]
    assert '"read_rows":"1"' in answer.headers["X-ClickHouse-Summary"]
    answer = request(clickhouse, "SELECT 'x'", headers={"X-ClickHouse-Format": "CSV"})
    assert answer.body == b'"x"\n'


def test_where_a_statement_may_stand(clickhouse, database):
    place = {"database": database}
    request(clickhouse, f"CREATE TABLE place (a UInt32, b String) {BY_FIRST} a", **place)
    for query, body in (
        ("INSERT INTO place FORMAT CSV", b"1,one\n"),
        (None, b'INSERT INTO place FORMAT JSONEachRow\n{"a":2,"b":"two"}'),
        ("INSERT INTO place VALUES", b"(3, 'three'), (3 + 1, upper('four'))"),
        ("INSERT INTO place", b"FORMAT TSV\n5\tfive\n"),
        (None, b"INSERT INTO place SELECT 6, 'six'"),
    ):
        answer = request(clickhouse, query, body, **place)
        assert answer.status == 200, answer.body
    answer = request(clickhouse, "SELECT a, b", b"FROM place ORDER BY a FORMAT CSV", **place)
    assert answer.body == b'1,"one"\n2,"two"\n3,"three"\n4,"FOUR"\n5,"five"\n6,"six"\n'


def test_get_only_reads(clickhouse):
    answer = request(clickhouse, "CREATE TABLE no (a Int8) ENGINE = Memory", method="GET")
    assert (answer.status, answer.code) == (500, 164)
    assert request(clickhouse, "SELECT 1 SETTINGS max_threads = 1", method="GET").body == b"1\n"


def test_sessions_are_checked_and_locked(clickhouse):
    assert request(clickhouse, "SELECT 1", session_id="unknown", session_check="1").code == 372
    slow = threading.Thread(
        target=request, args=(clickhouse, "SELECT sleep(2)"), kwargs={"session_id": "busy"}
    )
    slow.start()
    time.sleep(0.7)
    assert request(clickhouse, "SELECT 1", session_id="busy").code == 373
    slow.join()
    assert request(clickhouse, "SELECT 1", session_id="busy").body == b"1\n"


def test_requests_run_at_the_same_time(clickhouse):
    threads = [
        threading.Thread(target=request, args=(clickhouse, "SELECT sleep(2)")) for _ in range(4)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began < 6  # one after the other: 8


def test_formats_with_a_header_or_a_footer_stay_whole(clickhouse):
    numbers = "SELECT number FROM numbers(200000) FORMAT "
    body = request(clickhouse, numbers + "CSVWithNames").body
    assert body.count(b"number") == 1 and body.count(b"\n") == 200_001
    body = request(clickhouse, numbers + "RowBinaryWithNamesAndTypes").body
    assert len(body) == 1 + 7 + 7 + 200_000 * 8
    body = request(clickhouse, numbers + "JSON").body
    assert body.count(b'"meta"') == 1 and b'"rows": 200000' in body


def test_memory_stays_flat_while_streaming(clickhouse):
    process = pathlib.Path(f"/proc/{clickhouse.process.pid}")

    def peak_mb():
        return int((process / "status").read_text().split("VmHWM:")[1].split()[0]) // 1024

    (process / "clear_refs").write_text("5")  # the peak starts again from here
    before = peak_mb()
    connection = http.client.HTTPConnection("127.0.0.1", clickhouse.port, timeout=60)
    connection.request("GET", target("SELECT number FROM numbers(60000000) FORMAT RowBinary"))
    answer = connection.getresponse()
    size = 0
    while piece := answer.read(1 << 20):
        size += len(piece)
    connection.close()
    assert size == 480_000_000
    assert peak_mb() - before < 150


def test_an_error_in_the_middle_of_a_stream(clickhouse):
    query = "SELECT throwIf(number = 3000000) FROM numbers(5000000)"
    with pytest.raises(http.client.IncompleteRead) as caught:
        request(clickhouse, query)
    assert caught.value.partial.endswith(b"\r\n__exception__\r\n")
    answer = request(clickhouse, query, wait_end_of_query="1")
    assert (answer.status, answer.code) == (500, 395)


def test_a_chunked_insert_of_a_million_rows(clickhouse, database):
    def lines():
        for start in range(0, 1_000_000, 10_000):
            yield b"".join(b"%d\tabcdefghijklmnop\n" % n for n in range(start, start + 10_000))

    place = {"database": database}
    request(clickhouse, f"CREATE TABLE big (id UInt64, s String) {BY_FIRST} id", **place)
    answer = request(clickhouse, "INSERT INTO big FORMAT TSV", lines(), **place)
    assert answer.status == 200, answer.body
    assert '"written_rows":"1000000"' in answer.headers["X-ClickHouse-Summary"]
    answer = request(clickhouse, "SELECT count(), sum(id) FROM big", **place)
    assert answer.body == b"1000000\t499999500000\n"


@pytest.mark.parametrize("source", ["", " SELECT id, v FROM input('id UInt64, v UInt8')"])
def test_a_body_that_breaks_off_is_not_inserted(clickhouse, database, source):
    place = {"database": database}
    request(clickhouse, f"CREATE TABLE cut (id UInt64, v UInt8) {BY_FIRST} id", **place)
    insert = f"INSERT INTO cut{source} FORMAT TSV"
    connection = http.client.HTTPConnection("127.0.0.1", clickhouse.port, timeout=60)
    connection.putrequest("POST", target(insert, **place))
    connection.putheader("Content-Length", "1000000")
    connection.endheaders()
    connection.send(b"1\t1\n2\t2\n")
    time.sleep(0.3)
    connection.close()
    packed = gzip.compress(b"".join(b"%d\t1\n" % n for n in range(100_000)))
    gzipped = {"headers": {"Content-Encoding": "gzip"}, **place}
    answer = request(clickhouse, insert, packed[:2000], **gzipped)
    assert (answer.status, answer.code) == (500, 271)
    time.sleep(0.5)
    assert request(clickhouse, "SELECT count() FROM cut", **place).body == b"0\n"
    answer = request(clickhouse, insert, packed, **gzipped)
    assert answer.status == 200, answer.body
    assert request(clickhouse, "SELECT count() FROM cut", **place).body == b"100000\n"


def test_insert_select_from_input(clickhouse, database):
    place = {"database": database}
    request(clickhouse, f"CREATE TABLE target (id UInt64, v Int32) {BY_FIRST} id", **place)
    native = request(
        clickhouse,
        "SELECT number AS id, if(number % 2, toInt32(1), NULL) AS v "
        "FROM numbers(3000000) FORMAT Native",
    ).body
    assert len(native) > 30_000_000
    statement = (
        "INSERT INTO {} (id, v) SELECT id, if(v IS NULL, toInt32(id % 7), v) "
        "FROM input('id UInt64, v Nullable(Int32)') FORMAT Native"
    )
    answer = request(clickhouse, statement.format("target"), native, **place)
    assert answer.status == 200, answer.body
    assert '"written_rows":"3000000"' in answer.headers["X-ClickHouse-Summary"]
    answer = request(clickhouse, "SELECT count(), sum(v) FROM target", **place)
    zeros = sum(n % 7 for n in range(0, 3_000_000, 2))
    assert answer.body == b"3000000\t%d\n" % (zeros + 1_500_000)
    assert request(clickhouse, statement.format("nowhere"), native, **place).code == 60


@pytest.mark.parametrize("source", ["", " SELECT id FROM input('id UInt64')"])
def test_a_token_keeps_a_repeated_insert_out(clickhouse, database, source):
    place = {"database": database}
    request(
        clickhouse,
        "CREATE TABLE once (id UInt64) ENGINE = MergeTree ORDER BY id "
        "SETTINGS non_replicated_deduplication_window = 100",
        **place,
    )
    for token, rows in (("a", b"1\n2\n"), ("a", b"1\n2\n"), ("b", b"1\n2\n")):
        answer = request(clickhouse, f"INSERT INTO once{source} FORMAT TSV", rows,
                         insert_deduplication_token=token, async_insert="0", **place)
        assert answer.status == 200, answer.body
    assert request(clickhouse, "SELECT count() FROM once", **place).body == b"4\n"


def test_null_and_missing_take_the_default(clickhouse, database):
    place = {"database": database}
    request(
        clickhouse,
        "CREATE TABLE defaults (id UInt32, a Int32 DEFAULT id * 10, s String DEFAULT hex(id)) "
        "ENGINE = MergeTree ORDER BY id",
        **place,
    )
    native = request(clickhouse, NULLS + " FORMAT Native").body
    insert = "INSERT INTO defaults (id, a) FORMAT Native"
    assert request(clickhouse, insert, native, **place).status == 200
    answer = request(clickhouse, "SELECT * FROM defaults ORDER BY id", **place)
    assert answer.body == b"1\t10\t01\n2\t5\t02\n"
    strict = request(clickhouse, insert, native, input_format_null_as_default="0", **place)
    assert strict.code == 349


@pytest.mark.parametrize("encoding", ["lz4", "zstd", "gzip", "deflate"])
def test_answers_are_compressed_when_asked(clickhouse, encoding):
    headers = {"Accept-Encoding": encoding}
    query = "SELECT number FROM numbers(100000)"
    plain = request(clickhouse, query, headers=headers)
    packed = request(clickhouse, query, headers=headers, enable_http_compression="1")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == encoding
    assert len(packed.body) < len(plain.body)


def test_query_ids_reach_the_process_list_and_kill(clickhouse):
    name = f"penstock-{uuid.uuid4()}"
    query = "SELECT sleepEachRow(0.1) FROM numbers(200) SETTINGS max_block_size = 1"
    outcome = []
    slow = threading.Thread(
        target=lambda: outcome.append(
            request(clickhouse, query, query_id=name, wait_end_of_query="1")
        )
    )
    slow.start()
    time.sleep(1)
    find = f"SELECT count() FROM system.processes WHERE query_id = '{name}'"
    assert request(clickhouse, find).body == b"1\n"
    request(clickhouse, f"KILL QUERY WHERE query_id = '{name}' SYNC")
    slow.join(timeout=10)
    assert outcome and outcome[0].code == 394
    assert request(clickhouse, find).body == b"0\n"


def test_credentials_are_taken_from_header_or_url(fresh_clickhouse):
    server = fresh_clickhouse(user="pen", password="stock")
    headers = {"X-ClickHouse-User": "pen", "X-ClickHouse-Key": "stock"}
    assert request(server, "SELECT 1", headers=headers).status == 200
    assert request(server, "SELECT 1", user="pen", password="stock").status == 200
    assert request(server, "SELECT 1", user="pen", password="stoc").status == 403
    assert request(server, "SELECT 1").code == 516
    assert request(server, method="GET", path="/ping").status == 200
