"""The teacher's button for the results of the class: as tables, and on paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path

import param

from explorer.classroom.classroom import Classroom
from explorer.classroom.results import drawings_csv, matrix_csv
from explorer.classroom.results_page import results_page
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError


class ClassResults(LiveComponent):
    """A button that opens a sheet. Until the teacher is admitted, and in a vote, it gives nothing.

    Names are in it only where the message says so.
    """

    script = Path(__file__).with_name("class_results.js")
    bundle = "teacher"

    offered = param.Boolean(default=False, doc="Whether there are results to be had.")
    file = param.String(doc="The name of the file that is saved.")
    content = param.String(doc="All of it in base64, until the browser has it.")
    html = param.String(doc="The document to print, likewise.")

    def __init__(self, classroom: Classroom) -> None:
        super().__init__()
        self._classroom = classroom

    def offer(self, on: bool) -> None:
        """The teacher may have results, or may not; then what was made of them is forgotten."""
        self.show(offered=on)
        if not on:
            self._forget()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """Hand over a table or a document, and forget it when the browser has it."""
        match message:
            case {"type": "drawings", "names": bool(names)} if self.offered:
                return self._save("drawings.csv", names)
            case {"type": "matrix"} if self.offered:
                return self._save("confusion-matrix.csv", False)
            case {"type": "print", "names": bool(names)} if self.offered:
                return self._print(names)
            case {"type": "saved"}:
                self._forget()
                return None
        raise NotUnderstoodError(message)

    async def _save(self, file: str, names: bool) -> None:
        pupils = list(self._classroom.pupils)
        if file == "drawings.csv":
            table = await self.in_background(drawings_csv, pupils, names)
        else:
            table = await self.in_background(matrix_csv, pupils)
        if self.offered:
            self.show(file=file, content=b64encode(table.encode()).decode())

    async def _print(self, names: bool) -> None:
        pupils, date = list(self._classroom.pupils), f"{datetime.now().astimezone():%Y-%m-%d}"
        html = await self.in_background(results_page, pupils, names, date)
        if self.offered:
            self.show(html=html)

    def _forget(self) -> None:
        self.show(content="", html="")
