"""The formats that messages come in, and what each side must be told to read them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_ROOTS = {"web": "Event", "order": "Order", "long_order": "Order"}
_TIMESTAMP = "message Timestamp { int64 seconds = 1; int32 nanos = 2; }"


@dataclass(frozen=True)
class MessageFormat:
    """`columns`: types that ClickHouse's own reader needs where it cannot fill ours;
    `values`: what our columns are made of then, where a cast is not enough."""

    name: str  # to penstock_produce
    penstock: str
    file: str  # to ClickHouse, what penstock_produce prints
    kafka: str  # to ClickHouse's Kafka engine
    in_registry: bool = False
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    settings: Callable[[str, str], dict[str, str]] = lambda event, schema: {}  # of ClickHouse


def _protobuf_settings(event: str, schema: str) -> dict[str, str]:
    """The schema as ClickHouse takes it: without google/protobuf, which it does not find."""
    own = re.sub(r"import .*;\n", "", schema).replace("google.protobuf.Timestamp", "Timestamp")
    return {"format_schema_source": "string", "format_schema_message_name": _ROOTS[event],
            "format_schema": own + _TIMESTAMP}


FORMATS = {
    "json": MessageFormat("json", "JSONEachRow", "JSONEachRow", "JSONEachRow"),
    # ClickHouse's Avro makes no IPv4 of text.
    "avro": MessageFormat("avro", "AvroConfluent", "Avro", "AvroConfluent", in_registry=True,
                          columns={"ip": "String"}),
    # And its Protobuf knows no Timestamp.
    "protobuf": MessageFormat(
        "protobuf", "Protobuf", "Protobuf", "ProtobufSingle",
        columns={"ts": "Tuple(seconds Int64, nanos Int32)"},
        values={"ts": "fromUnixTimestamp64Milli(ts.seconds * 1000 + intDiv(ts.nanos, 1000000), "
                      "'UTC')"},
        settings=_protobuf_settings),
}
