"""kill -9 whenever it hurts: a message may come twice, none is missing."""

import json
import random
import subprocess
import time

from harness import Topic, wait_for
from harness.places import PRODUCE, REPO, required
from harness.topic import EXISTING

MESSAGES = 200_000
KILLS = 20


def test_twenty_kills_during_a_load_lose_no_message(
        broker, clickhouse, database, unique_name, document, run_pipe, drain):
    """Kills come at random moments after some rows of this life have arrived, so that all
    phases are hit: before an insert, during it, between it and its commit."""
    subprocess.run([required(PRODUCE), "--brokers", broker.address, "--topic", unique_name,
                    "--partitions", "4", "--count", str(MESSAGES), "--broken", "20"],
                   check=True, stdout=subprocess.DEVNULL)
    topic = Topic(broker, unique_name, EXISTING)
    example = json.loads((REPO / "examples/events.json").read_text())["destination"]
    managed = {key: example[key] for key in ("managedTable", "tableDefinition", "columns")}
    pipe = document(destination=managed, settings={
        "max_insert_rows": 500,  # small, so that all kills fall into the load
        "kafka.session.timeout.ms": 1000,  # the group forgets the killed member soon
        "kafka.heartbeat.interval.ms": 250,
    })

    def rows() -> int:
        """As far as the pipe has made the table."""
        return int(clickhouse.query("SELECT ifNull(sum(total_rows), 0) FROM system.tables "
                                    f"WHERE database = '{database}' AND name = 't'"))

    pause = random.Random(5)
    killed_at = []
    running = run_pipe(pipe)
    for _ in range(KILLS):
        before = rows()
        wait_for(lambda: rows() > before, 60, "rows of this life")
        time.sleep(pause.random() * 0.1)
        assert running.kill() == -9
        killed_at.append(sum(topic.committed(f"{unique_name}-group").values()))
        running.start()
    running.kill()
    drain(pipe)

    stored = clickhouse.rows("SELECT count() AS rows, uniqExact(id) AS ids, min(id) AS first, "
                             f"max(id) AS last FROM {database}.t")[0]
    print(f"{stored['rows'] - MESSAGES} duplicates; committed at the kills: {killed_at}")
    assert stored["ids"] == MESSAGES
    assert (stored["first"], stored["last"]) == (0, MESSAGES - 1)
    rejected = f"SELECT uniqExact(_partition, _offset) FROM {database}.t_penstock_error"
    assert clickhouse.query(rejected) == "20"
    assert killed_at[KILLS // 2] < MESSAGES  # so at least half of the kills hit the load
    assert topic.committed(f"{unique_name}-group") == topic.end_offsets()
