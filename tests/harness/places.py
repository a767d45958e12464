"""Where the repository, the downloads and the program under test are."""

import os
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]

# What tools/setup fetched; clones may share it.
CACHE = Path(os.environ.get("PENSTOCK_CACHE") or REPO / ".cache")

# Another build to test, for example build/asan/penstock.
PENSTOCK = Path(os.environ.get("PENSTOCK_BINARY") or REPO / "build/release/penstock")

# The load generator, built next to the program.
PRODUCE = PENSTOCK.parent / "tools/produce/penstock_produce"

KAFKA_JARS = CACHE / "kafka/jars"
REGISTRY_JAR = CACHE / "registry/quarkus-run.jar"
GUID_REGISTRY = CACHE / "guid_registry/guid_registry"
TOXIPROXY = CACHE / "toxiproxy/toxiproxy"
LIBCHDB = CACHE / "libchdb/libchdb.so"


def required(path: Path) -> Path:
    """The path, or a clear error when nobody made it yet."""
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: run `make build` first")
    return path
