"""Inference against its baseline: what ClickHouse itself infers from the same messages.

The tables are those of tests/golden/inference (the unit tests see to it that they are what
Penstock proposes). Every column whose type differs is listed in differences.txt there, with the
rule of docs/guide/inference.md that is the reason. `BLESS=1` rewrites that list; new lines get
the reason `?`, which fails until a person has put one in.
"""

import os
import re
from pathlib import Path

import pytest

from harness import ClickHouseError
from harness.places import REPO

CASES = REPO / "tests/golden/inference"
DIFFERENCES = CASES / "differences.txt"
GUIDE = REPO / "docs/guide/inference.md"


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


def theirs(clickhouse, case: Path) -> dict[str, str]:
    text = "\n".join(messages(case))
    try:
        rows = clickhouse.rows(f"DESCRIBE format(JSONEachRow, $penstock${text}$penstock$)",
                               describe_compact_output=1, print_pretty_type_names=0)
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
    for case in sorted(CASES.glob("*.case")):
        our_columns, their_columns = ours(case), theirs(clickhouse, case)
        if "*" in their_columns:
            found[case.stem, "*"] = ("a table", their_columns["*"])
            continue
        for field in our_columns.keys() | their_columns.keys():
            our_type = our_columns.get(field, ("", "none"))[1]
            their_type = their_columns.get(field, "none")
            if not is_narrower_by_nulls_only(our_type, their_type):
                found[case.stem, field] = (our_type, their_type)
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


@pytest.mark.parametrize("case", sorted(CASES.glob("*.case")), ids=lambda case: case.stem)
def test_clickhouse_accepts_the_proposed_table(clickhouse, database, case):
    quoted = {name: "`" + name.replace("`", "\\`") + "`" for name, _ in ours(case).values()}
    columns = ", ".join(f"{quoted[name]} {type_}" for name, type_ in ours(case).values())
    sorting = re.search(r"^sorting(.*)$", case.read_text(), re.M)[1].split()
    clickhouse.query(f"CREATE TABLE {database}.t ({columns}) ENGINE = MergeTree "
                     f"ORDER BY ({', '.join(quoted[name] for name in sorting)})")
