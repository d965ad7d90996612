"""A lesson: pupils join and draw, the teacher sees the wall, asks, reveals; nobody else sees it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import Network
from support.axe import violations
from support.class_pages import CLASS, CODE, PHONE, Come, draw_seven, enter, join, tile
from support.eventually import eventually
from support.explorer_page import SEVEN, ExplorerPage
from support.patience import PATIENCE
from support.redis_server import RedisServer, redis_server
from support.server import PANEL_SERVE, Server, free_port, serving


def meant(page: Page, digit: int) -> None:
    group = page.get_by_role("group", name="The digit that you meant")
    group.get_by_role("button", name=str(digit)).click()


def test_a_lesson_from_the_first_drawing_to_the_reveal(come: Come, network: Network) -> None:
    teacher = come("teacher")
    enter(teacher)
    ada, bob = join(come(), "Ada"), join(come(**PHONE), "<i>Bob</i>")
    draw_seven(ada, network)
    meant(ada, 1)

    expect(tile(teacher, "Ada")).to_contain_text("7meant 1")
    expect(tile(teacher, "<i>Bob</i>")).to_be_visible()
    expect(teacher.get_by_test_id("joined")).to_have_text("2 joined")

    only_wrong = teacher.get_by_role("button", name="Misclassified only")
    only_wrong.click()
    expect(tile(teacher, "<i>Bob</i>")).to_be_hidden()
    expect(tile(teacher, "Ada")).to_be_visible()
    only_wrong.click()

    tile(teacher, "Ada").click()
    names = teacher.get_by_role("button", name="Hide names")
    names.click()
    expect(teacher.get_by_text("Ada").locator("visible=true")).to_have_count(0)
    names.click()
    expect(teacher.get_by_text("Ada").locator("visible=true")).to_have_count(2)

    teacher.get_by_role("button", name="Start vote").click()
    question = bob.get_by_test_id("question")
    expect(question.get_by_role("img", name="The drawing in question")).to_be_visible()
    expect(teacher.get_by_text("0 of 2 have voted")).to_be_visible()
    expect(teacher.get_by_test_id("votes")).to_be_hidden()
    for pupil, vote in ((ada, "7"), (bob, "4")):
        pupil.get_by_test_id("question").get_by_role("button", name=vote).click()
    expect(teacher.get_by_text("All have voted")).to_be_visible()

    teacher.get_by_role("button", name="Reveal").click()
    expect(bob.get_by_text("You voted 4, the network says 7.")).to_be_visible()
    expect(bob.get_by_test_id("prediction")).to_have_attribute("data-digit", "7")
    expect(bob.get_by_text("draw here")).to_be_hidden()
    chart = teacher.get_by_test_id("votes").get_by_role("listitem")
    expect(chart.nth(4)).to_have_text("41")
    expect(chart.nth(0)).to_have_text("00")

    teacher.get_by_role("button", name="Stop presenting").click()
    expect(bob.get_by_text("draw here")).to_be_visible()


def test_a_paused_class_neither_draws_nor_chooses_a_network(come: Come, network: Network) -> None:
    teacher, ada = come("teacher"), join(come(), "Ada")
    enter(teacher)
    page = ExplorerPage(ada, ada.url, network).wait_until_ready()
    freeze = teacher.get_by_role("button", name="Freeze")
    freeze.click()
    expect(ada.get_by_text("Paused by your teacher")).to_be_visible()
    before = page.ink()
    page.draw_without_waiting(SEVEN)
    assert (page.ink() == before).all()
    freeze.click()
    expect(ada.get_by_text("Paused by your teacher")).to_be_hidden()
    draw_seven(ada, network)

    sheet = page.open_networks()
    wide = sheet.get_by_role("button", name="Use this network: Wider")
    expect(wide).to_be_enabled()
    freeze.click()
    expect(sheet.get_by_role("status")).to_contain_text("the network stays as it is")
    expect(wide).to_be_disabled()
    freeze.click()
    expect(sheet.get_by_role("status")).to_be_empty()
    wide.click()
    expect(ada.get_by_test_id("network")).to_contain_text("784-64-32-10")


_FREE_THE_PAD = """() => {
  const free = root => {
    for (const each of root.querySelectorAll("*")) {
      each.inert = false
      if (each.shadowRoot) free(each.shadowRoot)
    }
  }
  free(document)
  const models = Bokeh.documents[0].roots().flatMap(root => [...root.references()])
  window.pad = models.find(model => model.class_name === "Pad").data
  window.pad.setv({locked: false}, {sync: false})
  window.revisionBefore = window.pad.revision
}"""
_REFUSED_AND_PUT_RIGHT = """([canvas, before]) => {
  const copy = new OffscreenCanvas(28, 28).getContext("2d")
  copy.drawImage(canvas, 0, 0)
  const ink = copy.getImageData(0, 0, 28, 28).data.filter((_, i) => i % 4 === 0)
  return window.pad.revision > window.revisionBefore && ink.join() === before
}"""


#: Of these buttons and sliders, the names of those that cannot be used.
_OUT_OF_REACH = """names => {
  const found = []
  const look = (root, inert) => {
    for (const each of root.children) {
      const now = inert || each.inert
      const name = (each.localName === "label" ? each.firstChild : each).textContent.trim()
      const isControl = each.localName === "button" || each.localName === "label"
      if (isControl && now && names.includes(name)) found.push(name)
      look(each, now)
      if (each.shadowRoot) look(each.shadowRoot, now)
    }
  }
  look(document.documentElement, false)
  return found
}"""
_INPUTS_DIFFER = """before => Bokeh.documents[0].get_model_by_name("inputs").data.activation
  .some((input, i) => Math.abs(input - before[i]) > 0.1)"""
#: What reaches beyond the right edge of the screen, and how wide the page is if it is wider.
_TOO_WIDE = """() => {
  const {scrollWidth, clientWidth} = document.documentElement
  const found = scrollWidth > clientWidth ? [`${scrollWidth} > ${clientWidth}`] : []
  const look = root => {
    for (const each of root.querySelectorAll(":not(.bk-Tooltip)")) {
      const {right, width} = each.getBoundingClientRect()
      if (width > 0 && right > clientWidth + 0.5) found.push(`${each.localName}.${each.className}`)
      if (each.shadowRoot) look(each.shadowRoot)
    }
  }
  look(document)
  return found
}"""
#: Whether the pupil's bar ends where the page begins.
_NOTHING_COVERED = """() => {
  const deep = (root, selector) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap(
      each => each.shadowRoot ? deep(each.shadowRoot, selector) : []),
  ]
  scrollTo(0, 0)
  const {bottom} = deep(document, "[data-testid=pupil]")[0].getBoundingClientRect()
  return deep(document, "header button").map(each => each.getBoundingClientRect())
    .every(({top, width}) => width === 0 || top >= bottom)
}"""


def test_a_pupil_who_frees_the_pad_in_the_console_draws_nothing(
    come: Come, lesson: Server, network: Network
) -> None:
    teacher, ada = come("teacher"), join(come(), "Ada")
    enter(teacher)
    draw_seven(ada, network)
    tile(teacher, "Ada").click()
    page = ExplorerPage(ada, ada.url, network).wait_until_ready()
    for action, end in (("Freeze", "Freeze"), ("Show to all", "Stop presenting")):
        teacher.get_by_role("button", name=action).click()
        expect(ada.get_by_test_id("pupil").get_by_role("status")).not_to_be_empty()
        refused = draw_after_all(page, lesson)
        assert len(refused) == 1, "one line of log for what was refused"
        expect(page.prediction).to_have_attribute("data-digit", "7")
        teacher.get_by_role("button", name=end).click()
        expect(ada.get_by_test_id("pupil").get_by_role("status")).to_be_empty()
        page.button("Clear").click()
        expect(page.prediction).to_have_attribute("data-digit", "")
        draw_seven(ada, network)


def draw_after_all(page: ExplorerPage, lesson: Server) -> list[str]:
    """Draw and clear on a pad that is freed in the console; returns what the server complains."""
    before = page.ink()
    page.page.evaluate(_FREE_THE_PAD)
    page.draw_without_waiting([(3, 3), (25, 3)])
    arguments = [page.pad.element_handle(), ",".join(map(str, before.ravel()))]
    page.page.wait_for_function(_REFUSED_AND_PUT_RIGHT, arg=arguments)
    expect(page.prediction).to_have_attribute("data-digit", "7")
    page.button("Clear").click()
    while not (refused := lesson.complaints()):
        page.page.wait_for_timeout(50)
    return refused


def test_while_the_teacher_presents_a_pupil_may_look_and_not_draw(
    come: Come, network: Network
) -> None:
    teacher, ada = come("teacher"), join(come(), "Ada")
    enter(teacher)
    draw_seven(ada, network)
    tile(teacher, "Ada").click()
    teacher.get_by_role("button", name="Show to all").click()
    expect(ada.get_by_text("Your teacher is presenting")).to_be_visible()
    page = ExplorerPage(ada, ada.url, network).wait_until_ready()
    page.tap(1, 5)
    before = page.ink()
    page.draw_without_waiting([(3, 3), (25, 3)])
    assert (page.ink() == before).all()
    expect_the_lens_to_work(page)
    ada.get_by_role("button", name="Contribution w·a").click()
    expect(ada.locator(".legend")).to_contain_text("contribution w·a")
    held = {"Undo", "Redo", "Clear", "Eraser", "Pen", "Examples and files"}
    assert set(ada.evaluate(_OUT_OF_REACH, sorted(held | {"Centre"}))) == held
    ada.keyboard.press("Control+z")
    teacher.get_by_role("button", name="Stop presenting").click()
    expect(ada.get_by_text("Your teacher is presenting")).to_be_hidden()
    expect(ada.get_by_test_id("prediction")).to_have_attribute("data-digit", "7")
    assert ada.evaluate(_OUT_OF_REACH, sorted(held)) == []


def expect_the_lens_to_work(page: ExplorerPage) -> None:
    for pressed in ("false", "true"):
        before = page.column("inputs", "activation").tolist()
        page.button("Centre").click()
        page.page.wait_for_function(_INPUTS_DIFFER, arg=before)
        expect(page.button("Centre")).to_have_attribute("aria-pressed", pressed)


STATES = ("Start vote", "Show to all", "Freeze")


def test_on_a_phone_nothing_is_covered_or_wider_than_the_screen(
    come: Come, network: Network
) -> None:
    teacher = come("teacher")
    enter(teacher)
    ada = come(**PHONE)
    page = ExplorerPage(ada, ada.url, network).wait_until_ready()
    status = ada.get_by_test_id("pupil").get_by_role("status")

    def check(state: str) -> None:
        for width in (320, 390):
            ada.set_viewport_size({"width": width, "height": 844})
            expect_nothing_too_wide(ada, f"{state}, {width} pixels")
            ada.wait_for_function(_NOTHING_COVERED)

    check("before joining")
    join(ada, "Wolfeschlegelstein")
    draw_seven(ada, network)
    meant(ada, 7)
    check("joined")
    page.tap(1, 5)
    check("with a neuron selected")
    tile(teacher, "Wolfe").click()
    for action in STATES:
        button = teacher.get_by_role("button", name=action)
        button.click()
        if action == "Start vote":
            expect(ada.get_by_test_id("question")).to_be_visible()
            expect_nothing_too_wide(ada, action)
            teacher.get_by_role("button", name="Reveal").click()
        expect(status).not_to_be_empty()
        check(action)
        (button if action == "Freeze" else teacher.get_by_role("button", name="Stop")).click()
        expect(status).to_be_empty()
    newer = come(**PHONE)
    newer.evaluate(
        "kept => Object.assign(sessionStorage, JSON.parse(kept))",
        ada.evaluate("JSON.stringify(sessionStorage)"),
    )
    newer.reload()
    expect(ada.get_by_text("You joined in another tab")).to_be_visible()
    check("with another tab")


def expect_nothing_too_wide(page: Page, state: str) -> None:
    def fits() -> None:
        assert page.evaluate(_TOO_WIDE) == [], state

    eventually(fits)


def test_a_duplicated_tab_takes_over_and_the_older_can_come_back(
    come: Come, network: Network
) -> None:
    teacher, older = come("teacher"), join(come(), "Ada")
    enter(teacher)
    draw_seven(older, network)
    expect(tile(teacher, "Ada")).to_contain_text("7")
    kept = older.evaluate("JSON.stringify(sessionStorage)")
    newer = come()
    newer.evaluate("kept => Object.assign(sessionStorage, JSON.parse(kept))", kept)
    newer.reload()
    taken = older.get_by_text("You joined in another tab; this one is not shown to the class.")
    expect(taken).to_be_visible()
    expect(newer.get_by_test_id("pupil")).to_contain_text("Ada")
    newer.get_by_role("button", name="Clear").click()
    expect(tile(teacher, "Ada")).to_contain_text("–")
    older.get_by_role("button", name="Show this one").click()
    expect(tile(teacher, "Ada")).to_contain_text("7")
    expect(taken).to_be_hidden()
    expect(newer.get_by_text("You joined in another tab")).to_be_visible()
    expect(tile(teacher, "Ada")).to_have_count(1)


def test_a_pupil_who_reloads_is_the_same_and_keeps_their_own_drawing_while_one_is_shown_to_all(
    come: Come, network: Network
) -> None:
    teacher, mary, tom = come("teacher"), join(come(), "Mary"), join(come(), "Tom")
    enter(teacher)
    expect(tile(teacher, "Tom")).to_have_count(1)
    tom.reload()
    expect(tom.get_by_test_id("pupil")).to_contain_text("Tom")
    expect(tile(teacher, "Tom")).to_have_count(1)
    draw_seven(mary, network)
    page = ExplorerPage(tom, tom.url, network).wait_until_ready()
    page.draw_without_waiting([(14, 4), (14, 24)])
    own = page.ink()
    expect(tile(teacher, "Mary")).to_contain_text("7")
    tile(teacher, "Mary").click()
    teacher.get_by_role("button", name="Show to all").click()
    expect(tom.get_by_text("Your teacher is presenting")).to_be_visible()
    tom.reload()
    expect(tom.get_by_text("Your teacher is presenting")).to_be_visible()
    expect(page.prediction).to_have_attribute("data-digit", "7")
    teacher.get_by_role("button", name="Stop presenting").click()
    expect(tom.get_by_text("Your teacher is presenting")).to_be_hidden()
    expect(page.prediction).to_have_attribute("data-digit", "1")
    eventually(lambda: np.testing.assert_array_equal(page.ink(), own))


def test_without_the_code_the_teachers_page_shows_nothing_and_with_it_always_opens(
    come: Come,
) -> None:
    pupil, nosy = join(come(), "Ada"), come("teacher")
    received: list[str] = []

    def hear(frame: str | bytes) -> None:
        received.append(str(frame))

    nosy.on("websocket", lambda socket: socket.on("framereceived", hear))
    nosy.reload()
    for _ in range(4):
        enter(nosy, "WRON-GONE")
        expect(nosy.get_by_role("alert")).to_contain_text("That is not the code")
    assert nosy.get_by_test_id("wall").count() == 0
    assert not any("Ada" in frame for frame in received)
    expect(pupil.get_by_test_id("pupil")).to_contain_text("Ada")
    teacher = come("teacher")
    enter(teacher)
    expect(tile(teacher, "Ada")).to_be_visible()
    enter(nosy)
    expect(tile(nosy, "Ada")).to_be_visible()


def test_screen_readers_find_nothing_wrong(come: Come) -> None:
    for place in ("", "teacher"):
        page = come(place)
        page.locator(".gate, [data-testid=pad]").wait_for()
        assert violations(page) == [], place


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@contextmanager
def running(command: list[str], ready: str) -> Iterator[None]:
    """A program of the system, from the line that says that it is ready."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    assert any(ready in line for line in process.stdout)
    yield
    process.terminate()
    process.communicate(timeout=PATIENCE)


def meet(come: Come, address: str, *names: str) -> None:
    """Pupils join through this address, and the teacher's page shows them all."""
    teacher = come("teacher", address=address)
    enter(teacher)
    pupils = [join(come(address=address, user_agent=name), name) for name in names]
    expect(teacher.get_by_test_id("joined")).to_have_text(f"{len(names)} joined")
    for page in (teacher, *pupils):
        page.close()  # before the server goes, which they would miss


def test_two_processes_are_one_class(come: Come, redis: RedisServer) -> None:
    with serving(*CLASS, "--processes", "2", "--redis", redis.url) as server:
        meet(come, server.address, "Ada", "Bob", "Cy")


def test_a_teacher_sees_how_old_the_wall_is_while_redis_hangs(
    come: Come, redis: RedisServer, network: Network
) -> None:
    with serving(*CLASS, "--redis", redis.url, "--processes", "1") as server:
        teacher, ada = come("teacher", server.address), join(come(address=server.address), "Ada")
        enter(teacher)
        expect(tile(teacher, "Ada")).to_be_visible()
        redis.hang()
        expect(teacher.get_by_text("Last seen 4 s ago.")).to_be_visible()
        expect(teacher.get_by_role("button", name="Freeze")).to_be_disabled()
        draw_seven(ada, network)
        redis.go_on()
        expect(teacher.get_by_text("Last seen")).to_be_hidden()
        expect(tile(teacher, "Ada")).to_contain_text("7")
        for page in (teacher, ada):
            page.close()


def test_panel_serve_holds_the_same_class(come: Come) -> None:
    panel = (*PANEL_SERVE, "explorer/app.py", "explorer/teacher.py")
    options = ("--index", "app", "--plugins", "explorer.plugin")
    command = ("env", f"NEURON_EXPLORER_CODE={CODE}", *panel, *options)
    with serving(command=command) as server:
        meet(come, server.address, "Ada")


NGINX = """
daemon off; pid {folder}/pid; error_log stderr notice; worker_processes 1; events {{}}
http {{
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream explorer {{ hash $http_user_agent; server 127.0.0.1:{one}; server 127.0.0.1:{two}; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://explorer; proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
      proxy_set_header Host $http_host; proxy_set_header X-Real-IP $remote_addr;
    }}
  }}
}}
"""


def test_two_servers_behind_nginx_are_one_class(
    come: Come, redis: RedisServer, tmp_path: Path
) -> None:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "Install nginx (`bash tests/run` does)."
    port = free_port()
    options = (*CLASS, "--redis", redis.url, "--processes", "1", "--origin", f"127.0.0.1:{port}")
    with serving(*options) as one, serving(*options) as two:
        ports = {"one": urlsplit(one.address).port, "two": urlsplit(two.address).port}
        file = tmp_path / "nginx.conf"
        file.write_text(NGINX.format(folder=tmp_path, port=port, **ports))
        with running([program, "-c", str(file)], "start worker process "):
            meet(come, f"http://127.0.0.1:{port}/", "Ada", "Bob", "Cy", "Di")
