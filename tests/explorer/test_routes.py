"""What the server answers to, with either command: its own list of addresses, and nothing else."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import Any

import pytest

from explorer.server.panel_start import serves_explorer
from support.plain_http import ask, say
from support.server import PANEL_SERVE, Server, serving
from support.stranger import Stranger, stranger

UNKNOWN = [
    "/autoload.js?bokeh-autoload-element=1",
    "/metadata",
    "/rest/session_info",
    "/app/autoload.js?bokeh-autoload-element=1",
    "/static/extensions/panel/panel.js",
    "/static/../pyproject.toml",
    "/static/js/..%2f..%2f..%2fserver.py",
    "/components/explorer.pad/Pad/__doc__/pad.js",
    "/components/explorer.pad/Pad/_bundle_path/pad.py",
    "/components/explorer.pad/Pad/_bundle_path//etc/passwd",
    "/components/",
    "/%00",
    "/%ff%fe",
    "/static/js/bokeh.min.js%00",
    "//static/js/bokeh.min.js",
    "/" + "x" * 10_000,
    "http://elsewhere.example/",
    "*",
    "/weights/" + "0" * 32 + ".js",
]


def troubles(server: Server) -> list[str]:
    return [line for line in server.complaints() if "Traceback" in line or "  File" in line]


def visited(address: str) -> list[dict[str, Any]]:
    """All models of a page."""

    async def story(page: Stranger) -> list[dict[str, Any]]:
        return list((await page.answer_to(await page.send("PULL-DOC-REQ", {})))["content"].values())

    async def visit() -> list[dict[str, Any]]:
        async with stranger(address) as page:
            return await story(page)

    return asyncio.run(visit())


def told(address: str) -> str:
    """The same as a text, of a page in English."""
    return re.sub(r"\$\{[^}]*\}", "en", json.dumps(visited(address)))


@pytest.mark.parametrize("module", ["venv.__main__", "test.autotest", "this", "antigravity"])
def test_no_module_is_imported_because_an_address_names_it(server: Server, module: str) -> None:
    """The first two end the process that imports them."""

    async def story() -> None:
        async with stranger(server.address) as pupil:
            for method in ("GET", "HEAD", "OPTIONS"):
                answer = await asyncio.to_thread(
                    ask, server.address, f"/components/{module}/x/y/z", method
                )
                assert answer.status in (404, 405)
            await pupil.wait_for(await pupil.tell("Pad", {"type": "hello", "drawing": None}))

    asyncio.run(story())
    assert server.process.poll() is None


@pytest.mark.parametrize("target", UNKNOWN, ids=lambda target: target[:60])
def test_what_is_not_in_the_list_is_not_there(server: Server, target: str) -> None:
    answer = ask(server.address, target)
    assert answer.status in (404, 421)
    assert len(answer.body) < 200, "one sentence"
    assert troubles(server) == []


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "DANCE"])
def test_pages_are_handed_out_and_that_is_all(server: Server, method: str) -> None:
    for target in ("/", "/ws", "/teacher", "/autoload.js", "/invitation", "/favicon.ico"):
        answer = ask(server.address, target, method, Content_Length="0")
        assert answer.status in (404, 405), target
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert troubles(server) == []


def test_no_address_takes_a_body(server: Server) -> None:
    assert ask(server.address, "/", "POST", Content_Length="1000000").status == 400
    host = server.address.removeprefix("http://").rstrip("/")
    chunked = f"POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert say(server.address, chunked + "fffff\r\n" + "x" * 70_000).status in (0, 400)
    assert troubles(server) == []


@pytest.mark.parametrize("path", ["", "teacher"])
def test_every_file_that_a_page_names_is_in_the_list(server: Server, path: str) -> None:
    page = ask(server.address, f"/{path}").body
    named = set(re.findall(r'(?:src|href)="((?:static|weights)/[^"]+)"', page))
    text = told(f"{server.address}{path}/" if path else server.address)
    file = r'["`](?:\./)?((?:static|components|scripts)/[^"`\\]+\.(?:js|css)[^"`\\]*)'
    named |= set(re.findall(file, text))
    assert {"static", "scripts"} <= {name.partition("/")[0] for name in named}
    for name in named:
        assert ask(server.address, f"/{name}").status == 200, name


def test_all_pages_load_the_same_scripts_and_keep_them_for_good(server: Server) -> None:
    pages = (server.address, f"{server.address}teacher/")
    named = [set(re.findall(r"scripts/(?:page|teacher)-en-\w+\.js", told(page))) for page in pages]
    assert [len(each) for each in named] == [1, 2], "the teacher's is in a file of its own"
    assert named[0] < named[1]
    for script in named[1]:
        assert "immutable" in ask(server.address, f"/{script}").headers["Cache-Control"]


def test_a_file_is_found_in_whatever_way_its_name_is_written(server: Server) -> None:
    """Browsers write some characters of an address in their own way."""
    shims = re.search(r'src="(static/[^"]*shims[^"]*)"', ask(server.address).body)
    assert shims is not None
    assert "^" in shims[1]
    assert ask(server.address, f"/{shims[1].replace('^', '%5E')}").status == 200


def test_a_slash_too_many_leads_to_the_page(server: Server) -> None:
    answer = ask(server.address, "/teacher/")
    assert (answer.status, answer.headers["Location"]) == (302, "/teacher")


def test_the_explorer_alone_has_neither_a_teacher_nor_an_invitation(own_server: Server) -> None:
    assert ask(own_server.address, "/teacher").status == 404
    assert ask(own_server.address, "/invitation").status == 404
    assert ask(own_server.address, "/invitation.svg").status == 404
    assert ask(own_server.address, "/", "HEAD").status == 200


def test_panel_serves_the_page_under_the_same_rules_without_the_plugin() -> None:
    """Panel runs app.py when its first page is opened: the rules hold before."""
    command = (*PANEL_SERVE, "explorer/app.py")
    with serving(command=command) as server:
        assert ask(server.address, "/components/venv.__main__/x/y/z").status == 404
        home = ask(server.address)
        assert (home.status, home.headers["Location"]) == (302, "/app")
        assert "nonce-" in ask(server.address, "/app").headers["Content-Security-Policy"]
        assert visited(f"{server.address}app/")


def test_the_rules_hold_from_the_first_page_on_where_panel_could_not_know_them_before() -> None:
    """In a checkout that is not installed, and without the plugin."""
    command = (
        *(sys.executable, "-c"),
        "import panel.entry_points as it; it.entry_points_for = lambda group: iter(()); "
        "from panel.command import main; main()",
        *("serve", "explorer/app.py"),
    )
    with serving(command=command) as server:
        assert visited(f"{server.address}app/")
        assert ask(server.address, "/components/venv.__main__/x/y/z").status == 404
        assert ask(server.address, "/app", Host="elsewhere.example").status == 421
        assert "nonce-" in ask(server.address, "/app").headers["Content-Security-Policy"]
        assert visited(f"{server.address}app/")


def test_a_prefix_stands_before_every_address() -> None:
    command = (*PANEL_SERVE, "explorer/app.py", "--plugins", "explorer.plugin")
    with serving("--prefix", "lab", command=command) as server:
        for target, leads_to in (
            ("/lab", "/lab/"),
            ("/lab/", "/lab/app"),
            ("/lab/app/", "/lab/app"),
        ):
            answer = ask(server.address, target)
            assert (answer.status, answer.headers["Location"]) == (302, leads_to)
        assert ask(server.address, "/lab/favicon.ico").status == 200
        for target in ("/", "/app", "/labapp", "/favicon.ico", "/lab/lab/app"):
            assert ask(server.address, target).status == 404
        assert visited(f"{server.address}lab/app/")


def test_other_applications_of_panel_are_left_alone() -> None:
    assert serves_explorer(["panel", "serve", "explorer/app.py", "--port", "5007"])
    assert serves_explorer(["panel", "serve", "./explorer/teacher.py"])
    assert not serves_explorer(["panel", "serve", "elsewhere/app.py", "app.py"])


def test_who_asks_for_a_log_in_is_told_that_there_is_none() -> None:
    """A page that somebody protects in another way must not stand open."""
    command = (*PANEL_SERVE, "explorer/app.py", "--plugins", "explorer.plugin")
    options = ("--basic-auth", "a password", "--cookie-secret", "a secret")
    with serving(*options, command=command) as server:
        for target in ("/", "/app", "/app/ws", "/login"):
            assert ask(server.address, target).status == 501, target
