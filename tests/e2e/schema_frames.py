"""How messages name the schema they were written with."""

import struct
import uuid
import zlib

HEADER = "__value_schema_id"


def by_id(schema: int, payload: bytes, indexes: bytes = b"") -> bytes:
    """Confluent's v0 prefix. `indexes` are Protobuf's, encoded."""
    return b"\x00" + struct.pack(">I", schema) + indexes + payload


def by_guid(schema: uuid.UUID, payload: bytes, indexes: bytes = b"") -> bytes:
    """Confluent's v1 prefix; with an empty payload the value of the header."""
    return b"\x01" + schema.bytes + indexes + payload


def by_glue_version(version: uuid.UUID, payload: bytes, compress: bool = False) -> bytes:
    """The prefix of AWS Glue."""
    packed = zlib.compress(payload) if compress else payload
    return b"\x03" + (b"\x05" if compress else b"\x00") + version.bytes + packed
