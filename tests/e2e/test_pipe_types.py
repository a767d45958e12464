"""Every type loads from JSON as ClickHouse itself would load it, and DEFAULT fills what is missing.

ClickHouse's own JSONEachRow insert of the same lines into a twin of the table is the oracle.
"""

import json

import pytest

# Type: JSON texts that ClickHouse and Penstock both take, zero and extremes among them.
VALUES = {
    "UInt8": ["0", "255", '"7"'],
    "UInt16": ["0", "65535"],
    "UInt32": ["0", "4294967295"],
    "UInt64": ["0", "18446744073709551615", '"18446744073709551615"'],
    "Int8": ["-128", "127"],
    "Int16": ["-32768", "32767"],
    "Int32": ["-2147483648", "2147483647"],
    "Int64": ["-9223372036854775808", "9223372036854775807", '"-1"'],
    "Float32": ["0", "-0.5", "3.4028234e38", "1e-45", "16777217"],
    "Float64": ["0.1", "1.7976931348623157e308", "5e-324", "-1e3", '"2.5"'],
    "Bool": ["true", "false"],
    "String": ['""', '"a\\n\\u00e9\\ud83d\\ude00\\u0000b"', '"Grüße"', '"\\/\\\\\\""'],
    "FixedString(4)": ['""', '"abcd"', '"é"'],
    "Date": ['"1970-01-01"', '"2149-06-06"', '"2024-02-29"'],
    "Date32": ['"1900-01-01"', '"2299-12-31"'],
    "DateTime('Europe/Berlin')": ['"2026-03-29 03:30:00"', '"2026-07-01 00:00:00"', "1767323045"],
    "DateTime64(3, 'Asia/Tokyo')": ['"2026-01-02 03:04:05.678"', '"9999-12-31 23:59:59.9"'],
    "DateTime64(9, 'UTC')": ['"2026-01-02 03:04:05.123456789"', '"1970-01-01 00:00:00"'],
    "Enum8('a' = -1, 'b' = 2)": ['"a"', '"b"'],
    "Enum16('x' = 1, 'long name' = 30000)": ['"x"', '"long name"'],
    "UUID": ['"61f0c404-5cb3-11e7-907b-a6006ad3dba0"', '"00000000-0000-0000-0000-000000000000"'],
    "IPv4": ['"0.0.0.0"', '"255.255.255.255"'],
    "IPv6": ['"::"', '"2001:db8::ff00:42:8329"', '"::ffff:10.0.0.1"'],
    "Decimal32(4)": ["12345.6789", '"-99999.9999"', "0", "1"],
    "Decimal64(6)": ["123456789012.123456", '"0.000001"'],
    "Decimal128(10)": ['"1234567890123456789012345678.0123456789"', "-1.5"],
    "Nullable(Int32)": ["null", "5"],
    "Nullable(String)": ["null", '""'],
    "LowCardinality(String)": ['"red"', '"red"', '"green"'],
    "LowCardinality(Nullable(String))": ["null", '"red"', '""'],
    "Array(Int16)": ["[]", "[1,-2,3]"],
    "Array(Array(Nullable(String)))": ["[]", '[[],["a",null],["b"]]'],
    "Array(LowCardinality(String))": ['["a","b","a"]', "[]"],
    "Map(String, UInt64)": ["{}", '{"a":1,"b":2}'],
    "Map(LowCardinality(String), Array(UInt8))": ['{"k":[1,2]}', "{}"],
    "Tuple(UInt8, String)": ['[1,"x"]', '[0,""]'],
    "Tuple(a UInt8, b Nullable(Float64))": ['{"a":1,"b":0.5}', '{"a":2,"b":null}'],
    "Array(Tuple(k String, v Decimal32(2)))": ['[{"k":"x","v":1.25}]', "[]"],
}


def test_every_type_reads_back_as_clickhouse_itself_reads_it(
        clickhouse, database, topic, document, drain):
    columns = ", ".join(f"c{n} {type}" for n, type in enumerate(VALUES))
    texts = list(VALUES.values())
    lines = []
    for number in range(max(map(len, texts))):
        fields = [f'"c{n}":{values[number % len(values)]}' for n, values in enumerate(texts)]
        lines.append(f'{{"id":{number},{",".join(fields)}}}'.encode())
    for table in ("t", "expected"):
        clickhouse.query(f"CREATE TABLE {database}.{table} (id UInt32, {columns}) "
                         "ENGINE = MergeTree ORDER BY id")
    clickhouse.query(f"INSERT INTO {database}.expected FORMAT JSONEachRow", b"\n".join(lines))
    topic.produce(lines)
    drain(document())

    def stored(table: str) -> list[list[str]]:
        select = f"SELECT * EXCEPT id FROM {database}.{table} ORDER BY id FORMAT TSV"
        return [line.split("\t") for line in clickhouse.query(select).split("\n")]

    found, expected = stored("t"), stored("expected")
    assert len(found) == len(lines)
    differences = [(type, f, e) for row, twin in zip(found, expected)
                   for type, f, e in zip(VALUES, row, twin) if f != e]
    assert not differences


# name: (type, DEFAULT expression, what a missing field becomes, a value, what null becomes)
DEFAULTS = {
    "plain": ("UInt32", "id * 10", lambda i: i * 10, 7, lambda i: i * 10),
    "nullable": ("Nullable(UInt32)", "42", lambda i: 42, 7, lambda i: None),
    "low": ("LowCardinality(String)", "'none'", lambda i: "none", "some", lambda i: "none"),
    "list": ("Array(UInt8)", "[1, 2]", lambda i: [1, 2], [7], lambda i: [1, 2]),
    "dependent": ("String", "toString(plain)", None, "given", None),
}


@pytest.mark.parametrize("missing", ["in all rows", "in some rows", "as null"])
def test_default_expressions_fill_missing_fields(
        clickhouse, database, topic, document, drain, missing):
    columns = ", ".join(f"{name} {type} DEFAULT {expression}"
                        for name, (type, expression, *_) in DEFAULTS.items())
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt32, {columns}, "
                     "twice UInt64 MATERIALIZED id * 2, zero Int32) "
                     "ENGINE = MergeTree ORDER BY id")
    given = {name: value for name, (_, _, _, value, _) in DEFAULTS.items()}
    lines, expected = [], []
    for i in range(300):
        row = {"id": i, "twice": 2 * i, "zero": 0}
        if missing == "in some rows" and i % 3 == 0:
            lines.append({"id": i, "twice": 1, **given})
            row |= given
        else:
            null = missing == "as null" and i % 2 == 0
            lines.append({"id": i, **(dict.fromkeys(DEFAULTS) if null else {})})
            row |= {name: (of_null if null else of_missing)(i)
                    for name, (_, _, of_missing, _, of_null) in DEFAULTS.items() if of_missing}
            row["dependent"] = str(row["plain"])
        expected.append(row)
    topic.produce(json.dumps(line).encode() for line in lines)
    drain(document())
    found = clickhouse.rows(f"SELECT *, twice FROM {database}.t ORDER BY id")
    assert found == expected
    # One field away from the rest: only `list` is missing, so the others travel as usual.
    if missing == "in some rows":
        topic.produce([json.dumps({"id": 1000, **given, "list": None}).encode()])
        drain(document())
        last = clickhouse.rows(f"SELECT list, plain FROM {database}.t WHERE id = 1000")
        assert last == [{"list": [1, 2], "plain": 7}]
