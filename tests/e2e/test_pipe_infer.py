"""`penstock infer`: the document it prints runs as it is, and every message it read fits."""

import json
import subprocess

import pytest

from harness import Topic
from harness.places import PENSTOCK, required


def infer(*arguments, code: int = 0, env: dict | None = None) -> subprocess.CompletedProcess:
    done = subprocess.run([required(PENSTOCK), "infer", *map(str, arguments)], env=env,
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture
def draft(broker, clickhouse, database, topic, tmp_path):
    """The path of a document that says where to read and write and nothing more."""
    path = tmp_path / "draft.yaml"
    path.write_text(f"""\
source:
  kafka:
    type: kafka
    format: JSONEachRow
    brokers: PLAINTEXT://{broker.address}
    topics: {topic.name}
destination:
  url: {clickhouse.url}
  database: {database}
""")
    return path


def event(number: int) -> dict:
    return {
        "event_id": f"018f3a52-7f7b-7000-8000-{number:012}",
        "type": ["view", "click", "buy"][number % 3],
        "created_at": f"2026-01-02T03:04:{number % 60:02}.{number % 1000:03}Z",
        "user": {"id": number % 50, "name": f"user {number % 50}"},
        "price": number / 4 if number % 3 == 2 else None,
        "tags": [f"t{n}" for n in range(number % 4)],
        "labels": {f"label {number % 20}": str(number)},
        "details": {f"k{number % 9}": [number, "text", {"deep": [number]}][number % 3]},
        **({"note": "rare"} if number % 100 == 7 else {}),
    }


def test_the_printed_document_runs_as_it_is(clickhouse, database, topic, draft, drain, tmp_path):
    topic.produce(json.dumps(event(n)).encode() for n in range(2000))
    printed = infer("-f", draft)
    assert printed.stderr == ""
    finished = tmp_path / "finished.yaml"
    finished.write_text(printed.stdout)
    checked = subprocess.run([PENSTOCK, "check", "-f", finished], check=False)
    assert checked.returncode == 0

    drain(finished)
    table = f"{database}.{topic.name}"
    assert clickhouse.query(f"SELECT count(), uniqExact(event_id) FROM {table}") == "2000\t2000"
    tables = clickhouse.query(f"SELECT name FROM system.tables WHERE database = '{database}'")
    assert tables == topic.name  # no error table: nothing was refused
    columns = clickhouse.rows(f"SELECT name, type FROM system.columns WHERE table = '{topic.name}' "
                              "ORDER BY position")
    assert {c["name"]: c["type"] for c in columns} == {
        "event_id": "UUID",
        "type": "LowCardinality(String)",
        "created_at": "DateTime64(3, 'UTC')",
        "user": "Tuple(id Int64, name LowCardinality(String))",
        "price": "Nullable(Float64)",
        "tags": "Array(LowCardinality(String))",
        "labels": "Map(LowCardinality(String), String)",
        "details": "JSON",
        "note": "Nullable(String)",
    }
    assert clickhouse.query(f"SELECT sorting_key FROM system.tables WHERE name = '{topic.name}'") \
        == "type, created_at, event_id"
    number = 1007
    row = clickhouse.rows(f"SELECT * FROM {table} WHERE event_id = '{event(number)['event_id']}'")
    assert row == [{**event(number), "created_at": "2026-01-02 03:04:47.007"}]


def test_all_outputs_say_the_same(clickhouse, database, topic, draft):
    topic.produce([b'{"a": 1, "n.b": "x"}', b'{"a": 2, "n.b": "y", "_offset": 5}', b'{"a":'])
    yaml = infer("-f", draft)
    sql = infer("-f", draft, "--output", "sql").stdout
    report = json.loads(infer("-f", draft, "--output", "json").stdout)
    assert report["createTable"] + "\n" == sql
    assert "# " + report["createTable"].replace("\n", "\n# ") in yaml.stdout
    assert [(c["name"], c["field"], c["type"]) for c in report["columns"]] == [
        ("a", "a", "Int64"), ("n_b", "n.b", "String")]
    assert report["columns"][0]["reasons"] == [{"path": "", "reason": "whole numbers, 1 to 2"}]
    assert report["document"]["fieldMappings"][1] == {"sourceField": "n.b",
                                                      "destinationField": "n_b"}
    samples = report["samples"]
    assert (samples["messages"], samples["rows"], samples["unreadableMessages"]) == (3, 2, 1)
    assert samples["unreadable"][0]["offset"] == 2
    assert "1 of 3 messages cannot be read" in yaml.stderr
    assert "the field _offset has no column" in yaml.stderr
    clickhouse.query(sql)  # it is SQL
    assert clickhouse.query(f"EXISTS {database}.{topic.name}") == "1"


def test_beginning_middle_and_end_of_every_partition_are_read(broker, unique_name, draft):
    topic = Topic(broker, f"{unique_name}_3", partitions=3)
    for partition in range(2):  # the third stays empty
        keys = {0: f"first_{partition}", 500: f"middle_{partition}", 999: f"last_{partition}"}
        topic.produce((json.dumps({"all": n, keys.get(n, "all"): n}).encode()
                       for n in range(1000)), partition=partition)
    draft.write_text(draft.read_text().replace(f"topics: {unique_name}", f"topics: {topic.name}"))
    report = json.loads(infer("-f", draft, "--samples", "3", "--output", "json").stdout)
    assert [c["name"] for c in report["columns"]] == [
        "all", "first_0", "middle_0", "last_0", "first_1", "middle_1", "last_1"]
    assert report["samples"]["messages"] == 18
    assert report["samples"]["partitions"] == 2


def test_a_document_keeps_what_a_person_wrote(clickhouse, database, topic, tmp_path, draft):
    topic.produce([b'{"id": 1, "at": "2026-01-02", "v": 1}', b'{"id": 2, "at": "2026-01-02", "v": 1}'])
    draft.write_text(draft.read_text() + """\
  user: default
  password: hunter2
  table: mine
  managedTable: false
  tableDefinition:
    engine: {type: ReplacingMergeTree, versionColumnId: v}
    sortingKey: [id]
    partitionBy: toYYYYMM(at)
  columns: [{name: old, type: String}]
settings: {"clickhouse.max_threads": 1, "kafka.ssl.key.password": "${KEY:-}"}
name: ${NAME}
""")
    printed = infer("-f", draft, env={"NAME": "by name"})
    assert "hunter2" not in printed.stdout + printed.stderr
    assert 'password: "${PENSTOCK_DESTINATION_PASSWORD}"' in printed.stdout
    assert "PENSTOCK_DESTINATION_PASSWORD" in printed.stderr
    for kept in ('name: "${NAME}"', '"${KEY:-}"', "table: mine", "versionColumnId: v",
                 "sortingKey: [id]", "partitionBy: toYYYYMM(at)", "clickhouse.max_threads: 1"):
        assert kept in printed.stdout, printed.stdout
    assert "old" not in printed.stdout and "managedTable" not in printed.stdout
    finished = tmp_path / "finished.yaml"
    finished.write_text(printed.stdout)
    checked = subprocess.run([PENSTOCK, "check", "-f", finished], check=False,
                             env={"NAME": "by name", "PENSTOCK_DESTINATION_PASSWORD": "hunter2"})
    assert checked.returncode == 0


def test_what_stands_in_the_way_is_said(topic, draft, tmp_path):
    assert "no messages" in infer("-f", draft, code=3).stderr
    topic.produce([b"17", None])
    said = infer("-f", draft, code=3).stderr
    assert "1 of 1 messages cannot be read as JSONEachRow" in said and "offset 0" in said
    assert "missing.yaml: cannot be read" in infer("-f", tmp_path / "missing.yaml", code=2).stderr
    draft.write_text("name: x\n")
    assert "source: is required" in infer("-f", draft, code=2).stderr
    draft.write_text("- a\n")
    infer("-f", draft, code=2)
