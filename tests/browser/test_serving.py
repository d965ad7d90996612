"""The other ways to start the server, and a classroom without the internet."""

from __future__ import annotations

import numpy as np
from conftest import Visit
from explorer_page import SEVEN, ExplorerPage
from server import STRICTLY, serving


def test_the_page_works_without_any_other_host(explorer: ExplorerPage) -> None:
    """The browser may reach this server alone; asking any other fails every test here."""
    asked: list[str] = []
    explorer.page.on("request", lambda request: asked.append(request.url))
    explorer.reload()
    explorer.draw(SEVEN)
    explorer.tap(1, 5)
    explorer.page.mouse.move(*explorer.on_screen(2, 3))
    explorer.button("Light").click()
    assert len(asked) > 5
    assert [
        url for url in asked if not url.removeprefix("blob:").startswith(explorer.address)
    ] == []


def test_panel_serve_shows_the_same_page(visit: Visit) -> None:
    command = (*STRICTLY, "-m", "panel", "serve", "explorer/app.py")
    with serving(command=command, page="app") as server:
        explorer = visit(address=server.address)
        explorer.draw(SEVEN)
        np.testing.assert_allclose(
            explorer.column("neurons", "activation"),
            np.concatenate(explorer.expected.trace.a),
            atol=1e-5,
        )
        explorer.tap(1, 5)
        explorer.page.close()
        assert server.complaints() == []
