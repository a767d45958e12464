"""Inference against its baseline: what ClickHouse itself infers from the same messages or schema.

The tables are those of tests/golden/inference (the unit tests see to it that they are what
Penstock proposes). Every column whose type differs is listed in differences.txt there, with the
rule of docs/guide/inference.md that is the reason. `BLESS=1` rewrites that list; new lines get
the reason `?`, which fails until a person has put one in.
"""

import io
import json
import os
import re
from pathlib import Path

import fastavro
import pytest

from harness import ClickHouseError
from harness.places import REPO

CASES = REPO / "tests/golden/inference"
FILES = sorted(CASES.glob("**/*.case"))
DIFFERENCES = CASES / "differences.txt"
GUIDE = REPO / "docs/guide/inference.md"


def called(case: Path) -> str:
    """`event`, `avro/unions`"""
    return str(case.relative_to(CASES).with_suffix(""))


def messages(case: Path) -> list[str]:
    """What goes in, line by line as `src/formats/tests/inference_case.cc` reads it."""
    out = []
    for line in case.read_text().splitlines():
        word, _, rest = line.partition(" ")
        if word == "message":
            out.append(rest)
        elif word == "messages":
            count, _, text = rest.partition(" ")
            out += [re.sub(r"<n(?:%(\d+))?>", lambda m, n=n: str(n % int(m[1]) if m[1] else n), text)
                    for n in range(int(count))]
        elif word in ("column", "sorting"):
            break
    return out


def ours(case: Path) -> dict[str, tuple[str, str]]:
    """Field -> name and type of its column."""
    out = {}
    for line in re.findall(r"^column (.+)$", case.read_text(), re.M):
        declared, _, field = line.partition(" from ")
        name, type_ = re.fullmatch(r"(.+?) ([A-Z][A-Za-z0-9]*(?:\(.*\))?)", declared).groups()
        out[field or name] = (name, type_)
    return out


def schema(case: Path) -> list[str]:
    return re.findall(r"^schema (.*)$", case.read_text(), re.M)


def question(case: Path) -> tuple[str, dict]:
    """What asks ClickHouse for the columns, and with which settings."""
    if case.parent.name == "avro":
        out = io.BytesIO()
        fastavro.writer(out, json.loads(schema(case)[0]), [])
        text = "".join(f"\\x{byte:02x}" for byte in out.getvalue())
        return f"DESCRIBE format(Avro, '{text}')", {}
    if case.parent.name == "protobuf":
        message = re.search(r"^of (.+)$", case.read_text(), re.M)
        return "DESCRIBE format(Protobuf, '')", {
            "format_schema_source": "string", "format_schema": "\n".join(schema(case)),
            "format_schema_message_name": message[1] if message else first_message(case)}
    text = "\n".join(messages(case))
    return f"DESCRIBE format(JSONEachRow, $penstock${text}$penstock$)", {}


def first_message(case: Path) -> str:
    return re.search(r"^message (\w+)", "\n".join(schema(case)), re.M)[1]


def theirs(clickhouse, case: Path) -> dict[str, str]:
    sql, settings = question(case)
    try:
        rows = clickhouse.rows(sql, describe_compact_output=1, print_pretty_type_names=0,
                               **settings)
    except ClickHouseError as error:
        return {"*": f"error {error.code}"}
    return {row["name"]: row["type"] for row in rows}


def without_nullable(type_: str) -> str:
    while (shorter := re.sub(r"Nullable\(((?:[^()]|\([^()]*\))*)\)", r"\1", type_)) != type_:
        type_ = shorter
    return type_


def is_narrower_by_nulls_only(our_type: str, their_type: str) -> bool:
    """Do they differ only in that ours is not Nullable somewhere where theirs is?"""
    nulls = [one.count("Nullable(") for one in (our_type, their_type)]
    return nulls[0] <= nulls[1] and without_nullable(our_type) == without_nullable(their_type)


def differences(clickhouse) -> dict[tuple[str, str], tuple[str, str]]:
    """Case and field -> our type and theirs, where one is not the other with other nulls."""
    found = {}
    for case in FILES:
        our_columns, their_columns = ours(case), theirs(clickhouse, case)
        if "*" in their_columns:
            found[called(case), "*"] = ("a table", their_columns["*"])
            continue
        for field in our_columns.keys() | their_columns.keys():
            our_type = our_columns.get(field, ("", "none"))[1]
            their_type = their_columns.get(field, "none")
            if not is_narrower_by_nulls_only(our_type, their_type):
                found[called(case), field] = (our_type, their_type)
    return found


def test_every_difference_from_clickhouse_has_a_reason(clickhouse):
    known = {}
    for line in DIFFERENCES.read_text().splitlines() if DIFFERENCES.exists() else []:
        case, field, our_type, their_type, reason = (part.strip() for part in line.split(" | "))
        known[case, field] = (our_type, their_type, reason)
    found = differences(clickhouse)
    lines = [" | ".join((*key, *types, known.get(key, ("", "", "?"))[2]))
             for key, types in sorted(found.items())]
    if os.environ.get("BLESS"):
        DIFFERENCES.write_text("\n".join(lines) + "\n")
    assert {key: known[key][:2] for key in known} == found
    rules = set(re.findall(r"^\| `([a-z-]+)` \|", GUIDE.read_text(), re.M))
    assert {reason for _, _, reason in known.values()} <= rules


@pytest.mark.parametrize("case", FILES, ids=called)
def test_clickhouse_accepts_the_proposed_table(clickhouse, database, case):
    quoted = {name: "`" + name.replace("`", "\\`") + "`" for name, _ in ours(case).values()}
    columns = ", ".join(f"{quoted[name]} {type_}" for name, type_ in ours(case).values())
    sorting = re.search(r"^sorting(.*)$", case.read_text(), re.M)[1].split()
    clickhouse.query(f"CREATE TABLE {database}.t ({columns}) ENGINE = MergeTree "
                     f"ORDER BY ({', '.join(quoted[name] for name in sorting)})")
