"""Measure the explorer: every figure beside its floor or peer, measured in the same run.

    python tests/benchmarks/run.py [--fast] [--only paint,classroom] [--json FILE]

`--fast` takes two minutes. The exit code is 1 if a figure is not what is wanted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import classroom
import forward
import opening
import paint
import teaching
from figures import Chapter, as_json, machine, table

CHAPTERS: dict[str, Callable[[bool], Chapter]] = {
    "forward": forward.measure,
    "paint": paint.measure,
    "classroom": classroom.measure,
    "teaching": teaching.measure,
    "opening": opening.measure,
}


def main() -> int:
    """Run the benchmarks and print the table."""
    options = _options()
    told, chapters = machine(_chromium_version()), []
    for name in options.only:
        print(f"{name} …", file=sys.stderr, flush=True)
        chapters.append(CHAPTERS[name](options.fast))
    print(table(chapters), end="\n\n")
    print(" · ".join(f"{name} {value}" for name, value in told.items()))
    if options.json:
        text = json.dumps(as_json(chapters, told), indent=2, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    return int(any(figure.met is False for chapter in chapters for figure in chapter.figures))


def _chromium_version() -> str:
    with paint.chromium() as browser:
        return browser.version


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fast", action="store_true", help="fewer, in less than two minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--only",
        type=lambda names: names.split(","),
        default=list(CHAPTERS),
        metavar="NAMES",
        help=f"some of {','.join(CHAPTERS)}",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
