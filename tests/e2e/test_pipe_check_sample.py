"""`penstock check` finds every problem offline; `penstock sample` shows rows and leaves no trace."""

import json
import re
import subprocess

from harness.places import PENSTOCK, REPO, required


def penstock(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([required(PENSTOCK), *map(str, arguments)], capture_output=True,
                          text=True, timeout=60, check=False)


def test_check_prints_every_problem_with_its_place():
    broken = REPO / "tests/golden/documents/broken.yaml"
    checked = penstock("check", "-f", broken)
    assert checked.returncode == 2
    place = re.escape(str(broken))
    problems = re.findall(rf"^{place}:\d+:\d+: (\S+): (.+)$", checked.stdout, re.M)
    expected = broken.with_suffix(".expect").read_text()
    assert len(set(problems)) >= 6
    assert len({path for path, _ in problems}) >= 6
    assert all(f": {path}: {problem}\n" in expected for path, problem in problems)


def test_check_accepts_the_examples():
    for name in ("events.yaml", "events.json"):
        checked = penstock("check", "-f", REPO / "examples" / name)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_check_refuses_what_cannot_be_read(tmp_path):
    (tmp_path / "torn.json").write_text('{"name": "x", "source": ')
    assert penstock("check", "-f", tmp_path / "torn.json").returncode == 2
    assert penstock("check", "-f", tmp_path / "missing.yaml").returncode != 0


def test_check_asks_the_server_how_its_table_differs(clickhouse, database, document, tmp_path):
    path = tmp_path / "pipe.json"
    path.write_text(json.dumps(document(destination={
        "managedTable": True,
        "columns": [{"name": "id", "type": "UInt64"}, {"name": "note", "type": "String"}],
        "tableDefinition": {"engine": {"type": "MergeTree"}, "sortingKey": ["id"]}})))
    checked = penstock("check", "--server", "-f", path)
    assert checked.stdout == (f"{path}: t: does not exist yet; the pipe will create it\n"
                              f"{path}: ok\n")
    assert clickhouse.query(f"EXISTS {database}.t") == "0"

    clickhouse.query(f"CREATE TABLE {database}.t (id UInt32) ENGINE = MergeTree ORDER BY id")
    checked = penstock("check", "--server", "-f", path)
    assert (checked.returncode, checked.stdout.splitlines()) == (0, [
        f"{path}: t: column `id` is UInt32 in the table, the document says UInt64",
        f"{path}: t: column `note` is not in the table and is not written",
        f"{path}: t: exactly-once: the destination cannot honour it, because `{database}`.`t` "
        f"remembers no inserts; ALTER TABLE `{database}`.`t` MODIFY SETTING "
        "non_replicated_deduplication_window = 10000 makes it",
        f"{path}: ok"])
    assert penstock("check", "-f", path).stdout == f"{path}: ok\n"


def test_check_says_that_the_pipe_cannot_write_the_table(clickhouse, database, document, tmp_path):
    path = tmp_path / "pipe.json"
    path.write_text(json.dumps(document(
        mappings=[{"sourceField": "a", "destinationField": "gone"}])))
    assert penstock("check", "--server", "-f", path).returncode == 2  # there is no table
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt32) ENGINE = MergeTree ORDER BY id")
    checked = penstock("check", "--server", "-f", path)
    assert checked.returncode == 2
    assert 'column "gone" does not exist' in checked.stdout
    path.write_text(path.read_text().replace(clickhouse.url, "http://127.0.0.1:1"))
    assert penstock("check", "--server", "-f", path).returncode == 3


def test_run_refuses_a_broken_document_before_it_does_anything():
    ran = penstock("run", "-f", REPO / "tests/golden/documents/broken.yaml")
    assert ran.returncode == 2
    assert "source.kafka.topics: is required" in ran.stdout + ran.stderr


def test_sample_prints_decoded_rows_and_commits_nothing(
        broker, clickhouse, database, topic, document, drain, tmp_path):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64, name LowCardinality(String), "
                     "tags Array(UInt8), at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY id")
    rows = [{"id": i, "name": f"é{i % 3}", "tags": [i % 7], "at": "2026-01-02 03:04:05.678"}
            for i in range(50)]
    topic.produce([b"not json", *(json.dumps(row).encode() for row in rows)])
    pipe = document()
    file = tmp_path / "pipe.json"
    file.write_text(json.dumps(pipe))

    sampled = penstock("sample", "-f", file, "--rows", 6)  # records, not rows
    assert sampled.returncode == 0, sampled.stderr
    assert [json.loads(line) for line in sampled.stdout.splitlines()] == rows[:5]
    assert re.search(r"rejected .* offset 0: ", sampled.stderr)

    group = pipe["source"]["kafka"]["consumerGroup"]
    groups = broker.admin().list_consumer_groups().result(timeout=10).valid
    assert group not in [one.group_id for one in groups]
    assert topic.committed(group) == {}
    assert clickhouse.query(f"SELECT count() FROM {database}.t") == "0"
    drain(pipe)
    assert clickhouse.query(f"SELECT count() FROM {database}.t") == "50"


def test_sample_says_what_stands_in_its_way(document, tmp_path):
    file = tmp_path / "pipe.json"
    file.write_text(json.dumps(document(table="no_such_table")))
    sampled = penstock("sample", "-f", file)
    assert sampled.returncode == 3
    assert "no_such_table" in sampled.stderr
