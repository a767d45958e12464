"""The harness does what the other tests rely on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from harness import Broker, FaultServer, Process, Proxy, Topic, wait_for


def values_of(topic: Topic) -> list[bytes]:
    return sorted(message.value() for message in topic.consume_all())


def test_a_message_survives_kill_and_restart_of_the_broker(fresh_broker):
    broker = fresh_broker()
    topic = Topic(broker, "kept")
    topic.produce([b"one", b"two"])
    address = broker.address
    broker.kill()
    assert not broker.process.running
    broker.restart()
    assert broker.address == address
    assert values_of(topic) == [b"one", b"two"]


def test_two_brokers_run_side_by_side(broker, fresh_broker):
    other = fresh_broker()
    assert other.port != broker.port
    Topic(other, "only_there").produce([b"there"])
    assert "only_there" not in broker.admin().list_topics(timeout=10).topics


def test_a_paused_broker_answers_again_when_resumed(fresh_broker):
    broker = fresh_broker()
    topic = Topic(broker, "paused")
    broker.pause()
    with pytest.raises(Exception, match="_TRANSPORT|_TIMED_OUT"):
        broker.admin().list_topics(timeout=1)
    broker.resume()
    topic.produce([b"after"])
    assert values_of(topic) == [b"after"]


def test_a_topic_takes_large_messages_tombstones_and_more_partitions(topic):
    large = os.urandom(20 << 20)
    topic.produce([large, None, b""])
    topic.add_partitions(3)
    topic.produce([b"late"], partition=2)
    assert [message.value() for message in topic.consume_all()].count(large) == 1
    assert topic.end_offsets() == {0: 3, 1: 0, 2: 1}
    assert topic.committed("nobody") == {}


def test_everything_is_gone_when_a_run_is_killed(tmp_path):
    script = (
        "import pathlib, signal, time\n"
        "from harness import Process\n"
        f"child = Process(['sleep', '600'], pathlib.Path({str(tmp_path / 'log')!r}))\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    tests = Path(__file__).resolve().parents[1]
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=tests)
    child = int(run.stdout.readline())
    assert Path(f"/proc/{child}").exists()
    run.kill()
    run.wait()
    run.stdout.close()
    wait_for(lambda: not is_alive(child), 30, "the child of the killed run to end")


def is_alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_usage_of_a_finished_process_is_its_own(tmp_path):
    spin = "held = b'x' * (64 << 20)\nfor _ in range(10_000_000): pass"
    process = Process([sys.executable, "-c", spin], tmp_path / "log")
    assert process.wait(60) == 0
    assert process.usage.cpu_seconds > 0.05
    assert 64 << 20 < process.usage.peak_memory_bytes < 128 << 20


def test_waiting_ends_with_the_name_of_what_did_not_come():
    started = time.monotonic()
    with pytest.raises(TimeoutError, match="0.2 s for Godot; last answer: 0"):
        wait_for(lambda: 0, 0.2, "Godot")
    assert time.monotonic() - started < 5


def test_embedded_clickhouse_keeps_rows_and_address_over_a_restart(fresh_clickhouse):
    server = fresh_clickhouse()
    server.query("CREATE TABLE kept (id UInt64) ENGINE = MergeTree ORDER BY id")
    server.query("INSERT INTO kept VALUES (1), (2)")
    url = server.url
    server.restart()
    assert server.url == url
    assert server.rows("SELECT id FROM kept ORDER BY id") == [{"id": 1}, {"id": 2}]


def test_fault_server_answers_cuts_and_forwards_in_order(clickhouse, database):
    clickhouse.query(f"CREATE TABLE `{database}`.t (id UInt8) ENGINE = MergeTree ORDER BY id")
    insert = f"INSERT INTO `{database}`.t VALUES"
    with FaultServer(clickhouse.url) as faults:
        faults.answer(243, "Cannot reserve 1.00 MiB, not enough space")
        faults.cut_before_forwarding()
        faults.cut_after_forwarding()
        refused = requests.post(faults.url, f"{insert} (1)", timeout=30)
        assert refused.status_code == 500
        assert refused.headers["X-ClickHouse-Exception-Code"] == "243"
        assert refused.text.startswith("Code: 243. DB::Exception: Cannot reserve")
        for number in (2, 3):
            with pytest.raises(requests.ConnectionError):
                requests.post(faults.url, f"{insert} ({number})", timeout=30)
        assert faults.pending() == 0
        chunks = iter([f"{insert} ".encode(), b"(4)"])
        assert requests.post(faults.url, chunks, timeout=30).status_code == 200
        kinds = [seen.fault for seen in faults.seen]
    assert kinds == ["answer", "cut_before", "cut_after", ""]
    stored = clickhouse.rows(f"SELECT id FROM `{database}`.t ORDER BY id")
    assert stored == [{"id": 3}, {"id": 4}]


def test_fault_server_forwards_late_and_rewrites_settings(clickhouse, database):
    table = f"`{database}`.t"
    clickhouse.query(f"CREATE TABLE {table} (id UInt8) ENGINE = MergeTree ORDER BY id "
                     "SETTINGS non_replicated_deduplication_window = 100")
    with FaultServer(clickhouse.url) as faults:
        def insert(token: str) -> None:
            requests.post(faults.url, f"INSERT INTO {table} VALUES (1)", timeout=30,
                          params={"insert_deduplication_token": token}).raise_for_status()

        faults.cut_and_forward_late(0.1)
        with pytest.raises(requests.ConnectionError):
            insert("a")
        wait_for(lambda: faults.late() == 0, 20, "the late insert")
        insert("a")
        assert clickhouse.query(f"SELECT count() FROM {table}") == "1"
        faults.rewrite("insert_deduplication_token", lambda token: token + "!")
        insert("a")
        assert clickhouse.query(f"SELECT count() FROM {table}") == "2"


def test_a_route_cuts_answers_refuses_connections_and_heals(clickhouse, own_server):
    proxy = own_server(Proxy)
    route = proxy.route(clickhouse.port)
    url = f"http://{route.address}"
    for spoilt in (route.down(), route.toxic("limit_data", bytes=5)):
        with spoilt, pytest.raises(requests.ConnectionError):
            requests.get(f"{url}/ping", timeout=10)
        assert requests.get(f"{url}/ping", timeout=10).text == "Ok.\n"


def test_a_broker_is_reached_through_its_route_and_only_so(own_server):
    proxy = own_server(Proxy)
    broker = own_server(Broker, proxy=proxy)
    Topic(broker, "there")
    client = AdminClient({"bootstrap.servers": broker.route.address, "log_level": 0})
    assert "there" in client.list_topics(timeout=10).topics
    with broker.route.down(), pytest.raises(KafkaException):
        client.list_topics(timeout=1)
