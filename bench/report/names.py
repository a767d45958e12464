"""How the page calls what the results name by key. A key that is not here stands for itself."""

OURS = "penstock"
KAFKA_ENGINE = "clickhouse-kafka-engine"

SYSTEMS = {
    "penstock": "Penstock",
    "penstock-plain": "Penstock, plain path",
    "penstock-at-least-once": "Penstock, exactlyOnce: false",
    "clickhouse-kafka-engine": "ClickHouse Kafka engine",
    "penstock-uncompressed": "uncompressed",
    "penstock-lz4": "LZ4",
    "go-rows": "Go by hand",
    "python-rows": "Python by hand, rows",
    "python-json": "Python by hand, raw JSON",
    "clickhouse-jsoneachrow": "ClickHouse JSONEachRow",
    "clickhouse-avro": "ClickHouse Avro",
    "clickhouse-protobuf": "ClickHouse Protobuf",
    "clickhouse-native-null": "Native → Null",
    "clickhouse-native-mergetree": "Native → MergeTree, no merges",
}

CASES = {
    "web": "web event: 11 fields, 260 bytes",
    "web_exactly_once": "web event, exactly once: a table with a deduplication window",
    "order": "order: nested tuple, map, 30 floats, 1.5 kB",
    "web_avro": "web event as Avro: 11 fields, 147 bytes",
    "web_protobuf": "web event as Protobuf: 11 fields, 156 bytes",
    "order_avro": "order as Avro: 1.5 kB of JSON in 908 bytes",
    "long_order_avro": "long order as Avro: 64 floats, 1.5 kB",
    "order_protobuf": "order as Protobuf: 1.5 kB of JSON in 963 bytes",
    "wide": "ten web events in one object: 110 fields, 2.9 kB",
}


def system(key: str) -> str:
    return SYSTEMS.get(key, key)


def case(key: str) -> str:
    return CASES.get(key.rpartition("/")[2], key)
