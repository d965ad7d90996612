"""The benchmark's command on a machine that lacks what some of its chapters need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).with_name("run.py")


def start(folder: Path, *chapters: str) -> subprocess.Popen[str]:
    """Measure on a machine without a single program on its path."""
    return subprocess.Popen(
        [sys.executable, RUN, "--fast", "--only", ",".join(chapters), "--json", folder / "kept"],
        env={name: value for name, value in os.environ.items() if name != "CHROMIUM"}
        | {"PATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_chapter_that_cannot_be_measured_says_why_and_the_others_go_on(tmp_path: Path) -> None:
    with start(tmp_path, "paint", "forward", "teaching") as process:
        told, log = process.communicate(timeout=120)
    reasons = [line for line in told.splitlines() if "not measured" in line]
    assert len(reasons) == 2
    assert all("is not installed" in reason for reason in reasons)
    assert "network(x), one image" in told
    assert "Traceback" not in log
    assert process.returncode == 1
    kept = json.loads((tmp_path / "kept").read_text(encoding="utf-8"))["chapters"]
    paint, forward, teaching = ({each["name"] for each in chapter["figures"]} for chapter in kept)
    assert paint == teaching == set()
    assert {"network(x), one image", "training step, batch 10"} <= forward
    assert "is not installed" in kept[0]["failure"]


def test_a_chapter_is_told_and_kept_before_the_next_is_measured(tmp_path: Path) -> None:
    with start(tmp_path, "paint", "forward") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "paint\n"
        while process.stderr.readline() != "forward …\n":
            assert process.poll() is None
        kept = json.loads((tmp_path / "kept").read_text(encoding="utf-8"))["chapters"]
        process.kill()
    assert [chapter["title"] for chapter in kept] == ["paint"]
