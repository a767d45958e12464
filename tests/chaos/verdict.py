"""What the table says about a run."""

from dataclasses import dataclass

from harness import EmbeddedClickHouse

# An order is broken where a row of a key came in an earlier insert than one before it in the
# log. `_block_number` counts the inserts of a table; of a row stored twice the first counts.
_COUNTS = """
SELECT count() AS rows,
       {messages} - uniqExact(seq) AS lost,
       greatest(count() - uniqExact(seq),
                count() - uniqExact(_topic, _partition, _offset)) AS duplicated
FROM {table}
"""
_ORDER = """
SELECT countIf(seq < highest_before) FROM (
    SELECT seq, max(seq) OVER (PARTITION BY key ORDER BY insert, seq
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS highest_before
    FROM (SELECT key, seq, min(_block_number) AS insert FROM {table} GROUP BY key, seq))
"""


@dataclass(frozen=True)
class Verdict:
    """Of `messages` numbered 0…: how many have no row, rows too many, rows before their turn."""

    messages: int
    rows: int
    lost: int
    duplicated: int
    order_broken: int


def judge(clickhouse: EmbeddedClickHouse, table: str, messages: int) -> Verdict:
    counts = clickhouse.rows(_COUNTS.format(table=table, messages=messages))[0]
    order_broken = int(clickhouse.query(_ORDER.format(table=table)))
    return Verdict(messages, counts["rows"], counts["lost"], counts["duplicated"], order_broken)
