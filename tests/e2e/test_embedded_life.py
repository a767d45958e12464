"""The embedded ClickHouse as a process: start, stop, what is left on disk."""

import http.client
import subprocess
import threading
import time

import pytest
from harness.places import PENSTOCK
from plain_http import request


@pytest.mark.parametrize("ending", ["stop", "kill"])
def test_what_was_acknowledged_survives(fresh_clickhouse, ending):
    server = fresh_clickhouse()
    request(server, "CREATE TABLE kept (a UInt32) ENGINE = MergeTree ORDER BY a")
    acknowledged = []

    def insert(number):
        while True:
            try:
                answer = request(server, "INSERT INTO kept FORMAT TSV", b"%d\n" % number)
            except (OSError, http.client.HTTPException):
                return
            if answer.status != 200:
                return
            acknowledged.append(number)
            number += 4

    threads = [threading.Thread(target=insert, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(1.5)
    getattr(server, ending)()
    for thread in threads:
        thread.join()
    server.start()
    stored = {int(line) for line in request(server, "SELECT a FROM kept").body.split()}
    assert len(acknowledged) > 20
    assert set(acknowledged) <= stored


def test_a_stop_waits_for_running_requests(fresh_clickhouse):
    server = fresh_clickhouse()
    outcome = []
    slow = threading.Thread(target=lambda: outcome.append(request(server, "SELECT 7 + sleep(2)")))
    slow.start()
    time.sleep(0.7)
    assert server.process.stop(30) == 0
    slow.join()
    assert outcome[0].body == b"7\n"


def test_port_zero_picks_a_free_one(tmp_path):
    ports = set()
    for _ in range(2):
        process = subprocess.Popen(
            [PENSTOCK, "clickhouse", "--path", tmp_path / f"data-{len(ports)}", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
        )
        line = process.stdout.readline()
        process.terminate()
        assert process.wait(30) == 0
        assert line.startswith("penstock clickhouse: http://127.0.0.1:")
        ports.add(int(line.rsplit(":", 1)[1]))
    assert 0 not in ports


def test_a_missing_library_says_what_to_do(tmp_path):
    missing = tmp_path / "none.so"
    outcome = subprocess.run(
        [PENSTOCK, "clickhouse", "--path", tmp_path, "--port", "0", "--library", missing],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert outcome.returncode != 0
    assert "make setup" in outcome.stderr and "PENSTOCK_LIBCHDB" in outcome.stderr
