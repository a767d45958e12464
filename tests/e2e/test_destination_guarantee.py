"""What a destination can honour of exactly-once, found out from the real engine at the start."""

import json
import subprocess

import pytest

from harness.places import PENSTOCK

WINDOW = "non_replicated_deduplication_window"
COLUMNS = "(id UInt64, _topic String, _partition Int32, _offset Int64)"


@pytest.fixture
def check(document, tmp_path):
    """What `penstock check --server` says of exactly-once."""

    def run(**changes) -> str:
        path = tmp_path / "pipe.json"
        path.write_text(json.dumps(document(**changes)))
        done = subprocess.run([PENSTOCK, "check", "--server", "-f", path], capture_output=True,
                              text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        run.said = done.stdout
        return done.stdout.partition("exactly-once: the destination ")[2]

    return run


@pytest.mark.parametrize("engine, said", [
    (f"MergeTree ORDER BY id SETTINGS {WINDOW} = 70",
     "can honour it, because {t} remembers its last 70 inserts; beyond that it can be asked by "
     "_topic, _partition, _offset"),
    (f"MergeTree PARTITION BY id % 3 ORDER BY id SETTINGS {WINDOW} = 700",
     "can honour it, because {t} remembers its last 7 inserts"),
    (f"ReplacingMergeTree ORDER BY id SETTINGS {WINDOW} = 70",
     "can honour it, because {t} remembers its last 70 inserts; beyond that it cannot be asked, "
     "since ReplacingMergeTree merges rows: put _topic, _partition, _offset into the sorting key"),
    ("MergeTree ORDER BY id", "cannot honour it, because {t} remembers no inserts; ALTER TABLE {t} "
     f"MODIFY SETTING {WINDOW} = 10000 makes it"),
    ("Memory", "cannot honour it, because {t} is a Memory, which remembers no inserts"),
    ("Null", "cannot honour it, because {t} keeps nothing"),
], ids=["window", "partitioned", "merging", "no window", "memory", "null"])
def test_check_says_what_each_engine_can_honour(clickhouse, database, check, engine, said):
    clickhouse.query(f"CREATE TABLE {database}.t {COLUMNS} ENGINE = {engine}")
    assert check().startswith(said.format(t=f"`{database}`.`t`"))


def test_a_buffer_a_view_and_a_materialized_view_are_seen_through(clickhouse, database, check):
    clickhouse.query(f"CREATE TABLE {database}.real {COLUMNS} ENGINE = MergeTree ORDER BY id "
                     f"SETTINGS {WINDOW} = 30")
    clickhouse.query(f"CREATE TABLE {database}.buffer AS {database}.real ENGINE = "
                     f"Buffer({database}, real, 1, 1, 2, 10, 100, 1000, 10000)")
    clickhouse.query(f"CREATE TABLE {database}.door (id UInt64) ENGINE = Null")
    clickhouse.query(f"CREATE MATERIALIZED VIEW {database}.mv TO {database}.real AS "
                     f"SELECT id FROM {database}.door")
    assert "is a Buffer, which loses rows" in check(table="buffer")
    assert check(table="mv").startswith(f"can honour it, because `{database}`.`real` remembers")
    assert check(table="door").startswith(f"can honour it, because `{database}`.`door` remembers "
                                          "its last 30 inserts; beyond that it cannot be asked")


def test_a_document_that_turns_deduplication_off_is_told(clickhouse, database, check):
    clickhouse.query(f"CREATE TABLE {database}.t {COLUMNS} ENGINE = MergeTree ORDER BY id "
                     f"SETTINGS {WINDOW} = 30")
    for name, value in (("insert_deduplicate", "0"), ("deduplicate_insert", "disable")):
        assert check(settings={f"clickhouse.{name}": value}).startswith(
            f"cannot honour it, because settings of the document say clickhouse.{name} = {value}")


def test_a_managed_table_is_given_its_window_and_others_are_not(
        clickhouse, database, topic, document, drain):
    topic.produce([b'{"id": 1}'])
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id")
    theirs = drain(document())
    assert "the destination cannot honour it" in theirs.output()
    managed = drain(document(name="managed", destination={
        "managedTable": True, "columns": [{"name": "id", "type": "UInt64"}],
        "tableDefinition": {"engine": {"type": "MergeTree"}, "sortingKey": ["id"]}}))
    assert f"managedTable is true: ALTER TABLE `{database}`.`t` MODIFY SETTING" in managed.output()
    assert "the destination can honour it" in managed.output()
    assert f"{WINDOW} = 10000" in clickhouse.query(f"SHOW CREATE TABLE {database}.t")


# --- Views on the destination.


def create_views(clickhouse, database: str) -> None:
    """`t` feeds `copy`, one row per row, and `sums`, a sum per insert."""
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id "
                     f"SETTINGS {WINDOW} = 100")
    clickhouse.query(f"CREATE TABLE {database}.copy (id UInt64, CONSTRAINT c CHECK id != 7) "
                     f"ENGINE = MergeTree ORDER BY id SETTINGS {WINDOW} = 100")
    clickhouse.query(f"CREATE TABLE {database}.sums (k UInt8, ids AggregateFunction(sum, UInt64)) "
                     f"ENGINE = AggregatingMergeTree ORDER BY k SETTINGS {WINDOW} = 100")
    clickhouse.query(f"CREATE MATERIALIZED VIEW {database}.v TO {database}.copy AS "
                     f"SELECT id FROM {database}.t")
    clickhouse.query(f"CREATE MATERIALIZED VIEW {database}.w TO {database}.sums AS "
                     f"SELECT 1 AS k, sumState(id) AS ids FROM {database}.t GROUP BY k")


def counts(clickhouse, database: str) -> list[int]:
    row = clickhouse.rows(f"SELECT (SELECT count() FROM {database}.t) AS t, "
                          f"(SELECT count() FROM {database}.copy) AS copy, "
                          f"(SELECT sumMerge(ids) FROM {database}.sums) AS sums")[0]
    return [row["t"], row["copy"], row["sums"]]


def test_a_repeated_insert_doubles_neither_the_table_nor_its_views(
        clickhouse, database, topic, faults, document, drain):
    create_views(clickhouse, database)
    clickhouse.query(f"ALTER TABLE {database}.copy DROP CONSTRAINT c")
    topic.produce([b'{"id": %d}' % number for number in range(100)])
    faults.cut_after_forwarding(times=2, when="`t`")
    drain(document(url=faults.url))
    assert faults.pending() == 0
    assert counts(clickhouse, database) == [100, 100, 4950]


def test_an_insert_that_failed_between_table_and_view_is_completed_by_its_repeat(
        clickhouse, database):
    create_views(clickhouse, database)
    settings = {"async_insert": 0, "insert_deduplication_token": "topic:0:0-1",
                "deduplicate_blocks_in_dependent_materialized_views": 1}
    insert = f"INSERT INTO {database}.t FORMAT JSONEachRow"
    with pytest.raises(Exception, match="VIOLATED_CONSTRAINT"):
        clickhouse.query(insert, data=b'{"id": 7}{"id": 8}', **settings)
    assert counts(clickhouse, database)[0] == 2, "the table has its rows, the view has none"
    clickhouse.query(f"ALTER TABLE {database}.copy DROP CONSTRAINT c")
    for _ in range(2):
        clickhouse.query(insert, data=b'{"id": 7}{"id": 8}', **settings)
        assert counts(clickhouse, database) == [2, 2, 15]


def test_a_view_that_refuses_a_value_ends_the_pipe_and_doubles_no_row(
        clickhouse, database, topic, document, drain, run_pipe):
    """Looked for by halving, the rows would be in the table once more with every half."""
    create_views(clickhouse, database)
    topic.produce([b'{"id": %d}' % number for number in range(100)])
    refused = run_pipe(document(), arguments=["--until-caught-up"])
    assert refused.wait() == 3
    assert "clickhouse.view" in refused.output() and f"{database}.v" in refused.output()
    assert counts(clickhouse, database)[0] == 100
    assert clickhouse.query(f"EXISTS {database}.t_penstock_error") == "0"


def test_a_view_whose_target_forgets_is_named(clickhouse, database, check):
    create_views(clickhouse, database)
    clickhouse.query(f"ALTER TABLE {database}.copy MODIFY SETTING {WINDOW} = 0")
    assert check().startswith("can honour it")
    assert f"view `{database}`.`v` counts a repeated insert twice" in check.said
