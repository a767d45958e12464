"""`penstock errors`: what was set aside is listed, repaired and stored, each message once."""

import json

import pytest

from harness import FaultServer
from harness.verbs import Verbs

MESSAGES = 100_000
OVERFLOWS, TEXTS, TORN = 400, 300, 300

POSITIONS = ", _topic String, _partition Int32, _offset Int64"


def messages() -> list[bytes]:
    """Of a hundred neighbours one is broken, in one of three ways."""
    lines = []
    for number in range(MESSAGES):
        broken = number // 100 if number % 100 == 50 else None
        if broken is None:
            lines.append(b'{"id": %d, "small": %d}' % (number, number % 256))
        elif broken < OVERFLOWS:
            lines.append(b'{"id": %d, "small": 70000}' % number)
        elif broken < OVERFLOWS + TEXTS:
            lines.append(b'{"id": %d, "at": "some day"}' % number)
        else:
            lines.append(b'{"id": %d' % number)
    return lines


@pytest.fixture
def make_table(clickhouse, database):
    """Makes the destination table; with columns for the messages' positions if wanted."""

    def make(positions: str = "", engine: str = "MergeTree") -> str:
        clickhouse.query(
            f"CREATE TABLE {database}.t (id UInt64, small UInt8, at Nullable(DateTime('UTC')), "
            f"note String{positions}) ENGINE = {engine} ORDER BY id "
            "SETTINGS non_replicated_deduplication_window = 1000")
        return f"{database}.t"

    return make


@pytest.fixture
def verbs(tmp_path):
    """Verbs of a document: `verbs(document)`."""
    made = []

    def make(document: dict) -> Verbs:
        made.append(Verbs(tmp_path / f"verbs-{len(made)}", document))
        return made[-1]

    return make


def counts(clickhouse, table: str) -> tuple[int, int, int, int]:
    """Rows, distinct ids, error rows, replayed ones."""
    rows = clickhouse.rows(f"SELECT count() AS rows, uniqExact(id) AS ids FROM {table}")[0]
    errors = clickhouse.rows("SELECT count() AS rows, countIf(replayed_at IS NOT NULL) AS replayed "
                             f"FROM {table}_penstock_error")[0]
    return rows["rows"], rows["ids"], errors["rows"], errors["replayed"]


def loaded(clickhouse, topic, document, drain, table: str) -> dict:
    """The table after a load of `messages()`, and then made fit for two of the three kinds.
    Returns the document as it is by then."""
    topic.produce(messages())
    drain(document())
    assert counts(clickhouse, table) == (99_000, 99_000, 1_000, 0)
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt32")
    fields = {"id": "id", "small": "small", "at": "note"}
    if "_offset" in clickhouse.query(f"DESCRIBE TABLE {table}"):
        fields |= {name: name for name in ("_topic", "_partition", "_offset")}
    return document(mappings=[{"sourceField": field, "destinationField": column}
                              for field, column in fields.items()])


@pytest.mark.parametrize("positions", ["", POSITIONS], ids=["by token", "by position"])
def test_after_a_fix_what_fits_is_stored_once_though_replays_are_killed(
        clickhouse, topic, document, drain, make_table, verbs, positions):
    """Killed where it hurts: before, while and after a batch is written down, sent, marked. What
    the dead replay had asked for still happens: the proxy passes it on."""
    table = make_table(positions)
    fixed = loaded(clickhouse, topic, document, drain, table)
    dry = verbs(fixed).json("errors", "replay", "--dry-run")
    assert (dry["messages"], dry["replayed"], dry["leftMessages"]) == (1_000, 700, 300)
    assert counts(clickhouse, table) == (99_000, 99_000, 1_000, 0)

    for when in ["ADD COLUMN", "UPDATE replay =", "SELECT DISTINCT toString", "INSERT",
                 "UPDATE replayed_at", "INSERT", "INSERT"]:
        with FaultServer(clickhouse.url) as faults:
            through = json.loads(json.dumps(fixed))
            through["destination"]["url"] = faults.url
            running = []
            faults.act_before_forwarding(lambda: running[0].kill(), when=when)
            running.append(verbs(through).start("errors", "replay", "--batch", "50"))
            assert running[0].wait(60) == -9, when

    whole = verbs(fixed).json("errors", "replay", "--batch", "50")
    assert whole["leftMessages"] == 300
    assert counts(clickhouse, table) == (99_700, 99_700, 1_000, 700)
    again = verbs(fixed).json("errors", "replay")
    assert (again["messages"], again["replayed"], again["leftMessages"]) == (300, 0, 300)
    assert counts(clickhouse, table) == (99_700, 99_700, 1_000, 700)
    assert clickhouse.query(f"SELECT countIf(small = 70000), countIf(note = 'some day') "
                            f"FROM {table}") == f"{OVERFLOWS}\t{TEXTS}"


def test_a_lost_answer_to_an_insert_adds_nothing_when_the_replay_is_repeated(
        clickhouse, topic, document, drain, make_table, verbs, faults):
    table = make_table()
    topic.produce([b'{"id": %d, "small": 300}' % number for number in range(100)])
    drain(document())
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt32")
    faults.cut_after_forwarding(times=1)
    through = document(url=faults.url)
    verbs(through).run("errors", "replay", "--batch", "30", code=3)
    assert counts(clickhouse, table)[0] == 30
    said = verbs(document()).run("errors", "replay", "--batch", "30")
    assert "of an earlier replay" in said and "100 replayed" in said
    assert counts(clickhouse, table) == (100, 100, 100, 100)


def test_a_program_repairs_messages_or_leaves_them(
        clickhouse, topic, document, drain, make_table, verbs):
    table = make_table(POSITIONS)
    topic.produce([b'{"id": 1, "small": "many"}', b'{"id": 2, "small": "few"}', b'{"id": 3'],
                  key=b"k", headers=[("h", b"v")], timestamp=1_700_000_000_000)
    drain(document())
    program = 'test "$PENSTOCK_OFFSET" != 2 && sed "s/many/200/"'
    outcome = verbs(document()).json("errors", "replay", "--edit", program)
    assert (outcome["replayed"], outcome["leftMessages"]) == (1, 2)
    assert {part["field"]: part["example"].split(": ")[0] for part in outcome["left"]} == {
        "": f"{topic.name}:0:2", "small": f"{topic.name}:0:1"}
    assert clickhouse.rows(f"SELECT id, small, _topic, _partition, _offset FROM {table}") == [
        {"id": 1, "small": 200, "_topic": topic.name, "_partition": 0, "_offset": 0}]


def test_only_what_the_condition_names_is_replayed(
        clickhouse, topic, document, drain, make_table, verbs):
    table = make_table()
    topic.produce([b'{"id": %d, "small": 300}' % number for number in range(10)])
    drain(document())
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt32")
    verbs(document()).run("errors", "replay", "--where", "_offset >= 7 -- the last three")
    assert counts(clickhouse, table) == (3, 3, 10, 3)


def test_rows_that_clickhouse_refuses_stay_and_their_neighbours_go(
        clickhouse, topic, document, drain, make_table, verbs):
    table = make_table()
    topic.produce([b'{"id": %d, "small": 300}' % number for number in range(40)])
    drain(document())
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt32")
    clickhouse.query(f"ALTER TABLE {table} ADD CONSTRAINT liked CHECK id NOT IN (7, 8, 31)")
    outcome = verbs(document()).json("errors", "replay")
    assert (outcome["replayed"], outcome["leftMessages"]) == (37, 3)
    assert "liked" in outcome["left"][0]["example"]
    clickhouse.query(f"ALTER TABLE {table} DROP CONSTRAINT liked")
    assert verbs(document()).json("errors", "replay")["replayed"] == 3
    assert counts(clickhouse, table) == (40, 40, 40, 40)


def test_messages_whose_rows_are_there_already_are_only_marked(
        clickhouse, topic, document, drain, make_table, verbs):
    """The topic was read again after the fix, as other programs would have it."""
    table = make_table(POSITIONS)
    topic.produce([b'{"id": %d, "small": 300}' % number for number in range(10)])
    drain(document())
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt32")
    again = document(kafka={"consumerGroup": f"{topic.name}_again"})
    drain(again)
    outcome = verbs(document()).json("errors", "replay")
    assert (outcome["replayed"], outcome["foundInTable"], outcome["rows"]) == (10, 10, 0)
    assert counts(clickhouse, table) == (10, 10, 10, 10)


def test_errors_are_listed_and_shown_whole(clickhouse, topic, document, drain, make_table, verbs):
    make_table()
    topic.produce([b'{"id": "x", "small": 1}'], headers=[("h", b"\xff")])
    assert verbs(document()).run("errors", "list") == ""
    drain(document())
    listed = verbs(document()).run("errors", "list")
    assert f"{topic.name}:0:0" in listed and "DATA_PARSING_ERROR" in listed
    shown = verbs(document()).json("errors", "show")
    assert shown["raw_message"] == '{"id": "x", "small": 1}'
    assert (shown["_header_keys"], shown["_header_values"]) == (["h"], ["0xFF"])
    assert verbs(document()).run("errors", "list", "--where", "_offset > 0", "--output", "json") == ""
    verbs(document()).run("errors", "list", "--where", "no_such_column", code=3)


@pytest.mark.parametrize("choice", ["send", "mark"])
def test_a_table_that_remembers_nothing_and_cannot_be_asked_asks_a_person(
        clickhouse, database, topic, document, drain, make_table, verbs, faults, choice):
    table = make_table()
    clickhouse.query(f"ALTER TABLE {table} MODIFY SETTING non_replicated_deduplication_window = 0")
    topic.produce([b'{"id": %d, "small": 300}' % number for number in range(10)])
    drain(document())
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt32")
    (faults.cut_before_forwarding if choice == "send" else faults.cut_after_forwarding)()
    verbs(document(url=faults.url)).run("errors", "replay", code=3)
    verbs(document()).run("errors", "replay", code=3)
    verbs(document()).run("errors", "replay", "--unsure", choice)
    assert counts(clickhouse, table) == (10, 10, 10, 10)


def test_messages_of_a_broken_off_batch_that_no_longer_fit_go_once_they_fit(
        clickhouse, topic, document, drain, make_table, verbs, faults):
    """The batch's name was used for those that fitted: it must not swallow the others later."""
    table = make_table(POSITIONS)
    topic.produce([b'{"id": %d, "small": %d}' % (number, 256 + number) for number in range(10)])
    drain(document())
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt32")
    faults.cut_before_forwarding()
    verbs(document(url=faults.url)).run("errors", "replay", code=3)
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small Enum16('a' = 256, 'b' = 257)")
    assert verbs(document()).json("errors", "replay")["replayed"] == 2
    clickhouse.query(f"ALTER TABLE {table} MODIFY COLUMN small UInt32")
    assert verbs(document()).json("errors", "replay")["replayed"] == 8
    assert counts(clickhouse, table) == (10, 10, 10, 10)
