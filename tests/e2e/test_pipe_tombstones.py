"""Messages without a value: `source.kafka.tombstoneMode`."""

SOFT = {"tombstoneMode": "soft_delete"}


def test_a_soft_delete_hides_the_row_of_its_key(clickhouse, database, topic, document, drain):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64, note String DEFAULT 'none', "
                     "_offset UInt64, _is_deleted UInt8) "
                     "ENGINE = ReplacingMergeTree(_offset, _is_deleted) ORDER BY id")
    for number in range(3):
        topic.produce([b'{"id": %d, "note": "n"}' % number], key=b'{"id": %d}' % number)
    topic.produce([None], key=b'{"id": 1}')
    drain(document(kafka=SOFT))
    assert clickhouse.rows(f"SELECT id, _is_deleted FROM {database}.t ORDER BY _offset")[-1] == {
        "id": 1, "_is_deleted": 1}
    assert clickhouse.rows(f"SELECT id FROM {database}.t FINAL ORDER BY id") == [
        {"id": 0}, {"id": 2}]


def test_soft_delete_needs_its_column(clickhouse, database, document, run_pipe):
    clickhouse.query(f"CREATE TABLE {database}.t (id UInt64) ENGINE = MergeTree ORDER BY id")
    pipe = run_pipe(document(kafka=SOFT))
    assert pipe.wait() == 3
    assert "needs a column mapped to `_is_deleted`" in pipe.output()
