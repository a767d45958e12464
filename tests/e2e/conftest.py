"""Fixtures of the end-to-end tests: real servers, one of each per run; fresh names per test."""

import re
import uuid

import pytest

from harness import (
    Broker,
    EmbeddedClickHouse,
    FaultServer,
    GuidRegistry,
    Pipe,
    Registry,
    Topic,
    pipe_document,
)


@pytest.fixture(scope="session")
def broker(tmp_path_factory) -> Broker:
    """One broker for all tests that leave it alone."""
    server = Broker(tmp_path_factory.mktemp("broker"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def clickhouse(tmp_path_factory) -> EmbeddedClickHouse:
    """One embedded ClickHouse for all tests that leave it alone."""
    server = EmbeddedClickHouse(tmp_path_factory.mktemp("clickhouse"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def registry(tmp_path_factory) -> Registry:
    """One schema registry for all tests that leave it alone."""
    server = Registry(tmp_path_factory.mktemp("registry"))
    yield server
    server.stop()


@pytest.fixture
def unique_name(request) -> str:
    """The test's name and a random end: good for topics, databases and pipes."""
    test = re.sub(r"\W+", "_", request.node.name).strip("_").lower()
    return f"{test[:40]}_{uuid.uuid4().hex[:8]}"


@pytest.fixture
def topic(broker, unique_name) -> Topic:
    """An empty topic with one partition."""
    return Topic(broker, unique_name)


@pytest.fixture
def database(clickhouse, unique_name) -> str:
    """The name of an empty database of `clickhouse`, dropped after the test."""
    clickhouse.query(f"CREATE DATABASE `{unique_name}`")
    yield unique_name
    clickhouse.query(f"DROP DATABASE IF EXISTS `{unique_name}`")


@pytest.fixture
def fresh_broker(tmp_path):
    """Makes brokers a test may kill: `fresh_broker()`, with broker properties if wanted."""
    made = []

    def make(settings: dict[str, str] | None = None) -> Broker:
        made.append(Broker(tmp_path / f"broker-{len(made)}", settings))
        return made[-1]

    yield make
    for server in made:
        server.kill()


@pytest.fixture
def fresh_clickhouse(tmp_path):
    """Makes servers a test may kill: `fresh_clickhouse()`, with user and password if wanted."""
    made = []

    def make(**options) -> EmbeddedClickHouse:
        made.append(EmbeddedClickHouse(tmp_path / f"clickhouse-{len(made)}", **options))
        return made[-1]

    yield make
    for server in made:
        server.kill()


@pytest.fixture
def own_server(tmp_path):
    """Makes servers that end with the test: `own_server(Class, …)`, with what the class takes."""
    made = []

    def make(kind, **options):
        made.append(kind(tmp_path / f"server-{len(made)}", **options))
        return made[-1]

    yield make
    for server in made:
        server.kill()


@pytest.fixture
def fresh_registry(own_server):
    """A registry a test may kill: `fresh_registry()`, with user, password, tls if wanted."""
    return lambda **options: own_server(Registry, **options)


@pytest.fixture
def guid_registry(own_server):
    """A registry that knows GUIDs: `guid_registry()`, with mutual_tls if wanted."""
    return lambda **options: own_server(GuidRegistry, **options)


@pytest.fixture
def faults(clickhouse):
    """A proxy in front of `clickhouse` that misbehaves on request."""
    with FaultServer(clickhouse.url) as server:
        yield server


@pytest.fixture
def run_pipe(tmp_path):
    """Starts pipes that are gone after the test: `run_pipe(document, arguments=[...])`."""
    made = []

    def make(*documents, **options) -> Pipe:
        made.append(Pipe(tmp_path / f"pipe-{len(made)}", *documents, **options))
        return made[-1]

    yield make
    for pipe in made:
        pipe.kill()


@pytest.fixture
def document(broker, clickhouse, topic, database, unique_name):
    """Makes the pipe document from `topic` into table t of `database`; arguments change it."""

    def make(**changes) -> dict:
        usual = {"brokers": broker.address, "topics": topic.name, "url": clickhouse.url,
                 "database": database, "table": "t"}
        return pipe_document(changes.pop("name", unique_name), **{**usual, **changes})

    return make


@pytest.fixture
def drain(run_pipe):
    """Runs pipes to the end of their topics as of now: `drain(document)`. They must succeed."""

    def run(*documents, seconds: float = 120, **options) -> Pipe:
        pipe = run_pipe(*documents, arguments=["--until-caught-up"], **options)
        assert pipe.wait(seconds) == 0
        return pipe

    return run
