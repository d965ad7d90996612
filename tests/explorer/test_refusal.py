"""What is said where there is no answer: one sentence of the catalogue, whatever went wrong."""

from __future__ import annotations

import asyncio

import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, HTTPError

from explorer.server.rules import Rules
from explorer.server.security import SafeHandler


def body_of_an_error(error: Exception) -> str:
    class Failing(SafeHandler):
        def get(self) -> None:
            raise error

    async def story() -> str:
        application = Application([("/", Failing)], rules=Rules())
        server, (socket, port) = HTTPServer(application), bind_unused_port()
        server.add_socket(socket)
        try:
            client = AsyncHTTPClient(force_instance=True)
            answer = await client.fetch(f"http://127.0.0.1:{port}/", raise_error=False)
            client.close()
        finally:
            server.stop()
            await server.close_all_connections()
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        return answer.body.decode()

    return asyncio.run(story())


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (HTTPError(404), "There is no such page here."),
        (HTTPError(400), "Something went wrong here. Try again in a moment."),
        (RuntimeError("the secret is 7"), "Something went wrong here. Try again in a moment."),
    ],
    ids=["not found", "bad request", "our own mistake"],
)
def test_an_error_says_one_sentence_and_no_more(error: Exception, sentence: str) -> None:
    assert body_of_an_error(error) == sentence
