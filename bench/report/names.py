"""How the page calls what the results name by key. A key that is not here stands for itself."""

OURS = "penstock"
KAFKA_ENGINE = "clickhouse-kafka-engine"

SYSTEMS = {
    "penstock": "Penstock",
    "penstock-plain": "Penstock, plain path",
    "clickhouse-kafka-engine": "ClickHouse Kafka engine",
    "penstock-uncompressed": "uncompressed",
    "penstock-lz4": "LZ4",
    "go-rows": "Go by hand",
    "python-rows": "Python by hand, rows",
    "python-json": "Python by hand, raw JSON",
    "clickhouse-jsoneachrow": "ClickHouse JSONEachRow",
    "clickhouse-native-null": "Native → Null",
    "clickhouse-native-mergetree": "Native → MergeTree, no merges",
}

CASES = {
    "web": "web event: 11 fields, 260 bytes",
    "order": "order: nested tuple, map, 30 floats, 1.5 kB",
    "wide": "ten web events in one object: 110 fields, 2.9 kB",
}


def system(key: str) -> str:
    return SYSTEMS.get(key, key)


def case(key: str) -> str:
    return CASES.get(key.rpartition("/")[2], key)
