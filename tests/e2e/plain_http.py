"""Requests without a client library: what goes over the wire is what the test says."""

import http.client
import urllib.parse
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def code(self) -> int:
        """ClickHouse's error code, 0 for success."""
        return int(self.headers["X-ClickHouse-Exception-Code"] or 0)


def target(query: str | None = None, path: str = "/", **parameters) -> str:
    """Path and query string of a request."""
    if query is not None:
        parameters["query"] = query
    return path + ("?" + urllib.parse.urlencode(parameters) if parameters else "")


def request(
    server, query=None, body=None, method="POST", headers=None, path="/", **parameters
) -> Answer:
    """One request on a connection of its own; `body` may be an iterator, sent in chunks."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, target(query, path, **parameters), body, headers or {})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()
