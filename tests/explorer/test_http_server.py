"""What one connection may cost, and how many there may be: for either command, in a process."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from explorer.server.slices import Slices
from explorer.server.visitors import believe_proxies, quota_key
from support.patience import PATIENCE
from support.plain_http import ask, connected, say
from support.server import Server, serving
from support.stranger import Stranger, stranger

STROKE = {"begins": True, "points": [[6, 6], [20, 6], [12, 24]], "width": 2.4, "erases": False}


def changed(change: str) -> tuple[str, ...]:
    """The command, after a change of what tests could not wait for."""
    start = "import sys; from explorer.__main__ import main; sys.exit(main(sys.argv[1:]))"
    return (sys.executable, "-W", "error", "-c", f"{change}; {start}")


def with_files(number: int) -> str:
    """The system grants no more than so many files."""
    return f"import resource as r; r.setrlimit(r.RLIMIT_NOFILE, ({number}, {number}))"


@pytest.fixture(scope="module")
def hasty() -> Iterator[Server]:
    """A server that is as patient as others, in fewer seconds."""
    change = (
        "import explorer.server.http_server as it; it._LONGEST_ANSWER = 1.0; "
        "it._BOUNDS.update(idle_connection_timeout=1.0, body_timeout=1.0)"
    )
    with serving(command=changed(change)) as running:
        yield running


async def draw(visitor: Stranger) -> None:
    await visitor.wait_for(await visitor.tell("Pad", {"type": "ink", "parts": [STROKE]}))


def processor_seconds(server: Server) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


@pytest.mark.parametrize(
    "said",
    ["", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\nX: ", "GET / HTTP/1.1\r\n\r"],
    ids=["nothing", "a word", "half a header", "no end"],
)
def test_who_does_not_get_to_the_point_is_put_out(hasty: Server, said: str) -> None:
    with connected(hasty.address) as plug:
        plug.sendall(said.encode())
        plug.settimeout(PATIENCE)
        assert plug.recv(1000) == b""


def test_headers_are_as_long_as_those_of_browsers_and_no_longer(hasty: Server) -> None:
    for length, answered in ((12_000, True), (20_000, False), (200_000, False)):
        status = ask(hasty.address, Cookie=f"a={'b' * length}").status
        assert (status == 200) == answered, length


def test_who_says_a_letter_now_and_then_is_put_out(hasty: Server) -> None:
    with connected(hasty.address) as plug, contextlib.suppress(OSError):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            plug.sendall(b"G")
            time.sleep(0.1)
        pytest.fail("it was listened to")


def test_who_promises_a_body_and_does_not_send_it_is_put_out(hasty: Server) -> None:
    host = hasty.address.removeprefix("http://").rstrip("/")
    answer = say(hasty.address, f"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\n")
    assert answer.status == 0


def test_who_does_not_take_the_answer_is_put_out(hasty: Server) -> None:
    host = hasty.address.removeprefix("http://").rstrip("/")
    wanted = f"GET /static/js/bokeh.min.js HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    with socket.socket() as plug:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plug.connect(("127.0.0.1", int(host.rpartition(":")[2])))
        plug.sendall(wanted * 12)
        _wait_until_the_server_has_closed(hasty, plug)


def _wait_until_the_server_has_closed(server: Server, plug: socket.socket) -> None:
    """By the sockets of its process: what lies in our own buffers is not read here."""
    port, end = plug.getsockname()[1], time.monotonic() + PATIENCE
    while time.monotonic() < end:
        lines = Path(f"/proc/{server.process.pid}/net/tcp").read_text().splitlines()[1:]
        peers = {line.split()[2].rpartition(":")[2]: line.split()[3] for line in lines}
        if peers.get(f"{port:04X}") != "01":  # established
            return
        time.sleep(0.1)
    pytest.fail("the answer is still held ready")


@pytest.mark.parametrize("said", ["", "GET / HTTP/1.1\r\n"], ids=["silent", "slow"])
def test_more_connections_than_files_leave_the_server_calm_and_open_to_others(said: str) -> None:
    with serving(command=changed(with_files(200))) as server, contextlib.ExitStack() as plugs:

        async def story() -> None:
            async with stranger(server.address) as pupil:
                before = processor_seconds(server)
                start = time.monotonic()
                for _ in range(400):
                    plug = plugs.enter_context(connected(server.address))
                    with contextlib.suppress(OSError):
                        plug.sendall(said.encode())
                while time.monotonic() - start < 3:
                    await draw(pupil)
                assert processor_seconds(server) - before < 0.8 * (time.monotonic() - start)
                async with stranger(server.address) as another:
                    await draw(another)

        asyncio.run(story())
        assert server.complaints() == []


def test_the_limit_of_files_is_raised_as_far_as_the_system_grants() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    change = f"import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (100, {hard}))"
    with serving(command=changed(change)) as server:
        limits = Path(f"/proc/{server.process.pid}/limits").read_text()
        line = next(line for line in limits.splitlines() if line.startswith("Max open files"))
        assert int(line.split()[3]) > 100
        assert ask(server.address).status == 200


def test_a_flood_of_nonsense_fills_no_log() -> None:
    with serving() as server:
        for number in range(1000):
            ask(server.address, f"/{number}" + "x" * 1000)
            say(server.address, f"NONSENSE {number}\r\n\r\n")
        for size in (40_000, 100_000):
            say(server.address, f"GET / HTTP/1.1\r\nX: {'x' * size}\r\n\r\n")
        lines, end = server.lines(), time.monotonic() + PATIENCE
        while not any("more left out" in line for line in lines):
            assert time.monotonic() < end
            ask(server.address, "/nothing")
            lines += server.lines()
        assert len(lines) <= 100
        assert max(map(len, lines)) < 600


def request(peer: str, **headers: str) -> HTTPServerRequest:
    asked = HTTPServerRequest(
        start_line=RequestStartLine("GET", "/", "HTTP/1.1"),
        headers=HTTPHeaders({"Host": "localhost"} | headers),
    )
    asked.remote_ip, asked.protocol = peer, "http"
    return asked


@pytest.mark.parametrize(
    ("peer", "headers", "seen"),
    [
        ("9.9.9.9", {"X-Real-Ip": "1.1.1.1", "X-Forwarded-For": "1.1.1.1"}, "9.9.9.9"),
        ("127.0.0.1", {"X-Real-Ip": "1.1.1.1"}, "1.1.1.1"),
        ("127.0.0.1", {"X-Forwarded-For": "1.1.1.1"}, "1.1.1.1"),
        ("127.0.0.1", {"X-Forwarded-For": "6.6.6.6, 1.1.1.1"}, "1.1.1.1"),
        ("127.0.0.1", {"X-Forwarded-For": "6.6.6.6, 1.1.1.1, 10.0.0.1"}, "1.1.1.1"),
        ("127.0.0.1", {"X-Forwarded-For": "1.1.1.1", "X-Real-Ip": "6.6.6.6"}, "1.1.1.1"),
        ("127.0.0.1", {"X-Forwarded-For": "1.1.1.1, nonsense"}, "127.0.0.1"),
        ("127.0.0.1", {"X-Forwarded-For": ""}, "127.0.0.1"),
        ("127.0.0.1", {}, "127.0.0.1"),
        ("::ffff:127.0.0.1", {"X-Real-Ip": "2001:db8::1"}, "2001:db8::1"),
    ],
)
def test_only_a_proxy_that_was_named_says_who_asks(
    peer: str, headers: dict[str, str], seen: str
) -> None:
    asked = request(peer, **headers)
    believe_proxies(asked, {"127.0.0.1", "10.0.0.1"})
    assert asked.remote_ip == seen


def test_a_proxy_says_by_which_protocol_it_was_asked() -> None:
    for headers in ({"X-Forwarded-Proto": "https"}, {"X-Scheme": "https"}):
        asked = request("127.0.0.1", **headers)
        believe_proxies(asked, {"127.0.0.1"})
        assert asked.protocol == "https"
        asked = request("127.0.0.1", **headers)
        believe_proxies(asked, ())
        assert asked.protocol == "http"


@pytest.mark.parametrize(("options", "seen"), [((), "http"), (("--proxy", "127.0.0.1"), "https")])
def test_headers_of_a_proxy_count_if_it_was_named(options: tuple[str, ...], seen: str) -> None:
    command = ("--class", "--address", "127.0.0.1", "--origin", "class.example.org", *options)
    with serving(*command) as server:
        page = ask(server.address, "/invitation", X_Forwarded_Proto="https", X_Real_Ip="1.1.1.1")
        assert ("https://" in page.body) == (seen == "https")


def test_quotas_count_a_network_of_ipv6_as_one() -> None:
    assert quota_key("2001:db8::1") == quota_key("2001:db8::ffff:1")
    assert quota_key("2001:db8::1") != quota_key("2001:db8:0:1::1")
    assert quota_key("192.0.2.1") == quota_key("::ffff:192.0.2.1") != quota_key("192.0.2.2")
    assert quota_key("fe80::1%eth0") == quota_key("fe80::2%eth0")


def test_requests_come_a_few_at_a_time_however_many_there_are() -> None:
    async def story() -> list[int]:
        slices, rounds, now = Slices(), [], 0

        async def request() -> None:
            if (turn := slices.enter()) is not None:
                await turn
            rounds.append(now)

        waiting = asyncio.gather(*(request() for _ in range(100)))
        while not waiting.done():
            now += 1
            await asyncio.sleep(0)
        return [rounds.count(number) for number in range(now + 1)]

    counts = asyncio.run(story())
    assert sum(counts) == 100
    assert max(counts) <= 10
    assert len(counts) < 30
