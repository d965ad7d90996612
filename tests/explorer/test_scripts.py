"""Scripts are put together as their modules say, and anything else is refused."""

from __future__ import annotations

import gzip
import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import explorer.page.page
import explorer.server.pages  # noqa: F401 - as the server does, so that all components are known here
from explorer import create_app
from explorer.classroom.pupil import PupilBar
from explorer.classroom.teacher import TeacherPage
from explorer.transport import modules as script_modules
from explorer.transport import scripts
from explorer.transport.component import LiveComponent
from support.server import Server


@pytest.fixture
def address(own_server: Server) -> str:
    return own_server.address


def write(folder: Path, **modules: str) -> dict[str, Path]:
    """Modules a, b, … in one folder."""
    paths = {name: folder / f"{name}.js" for name in modules}
    for name, text in modules.items():
        paths[name].write_text(text, encoding="utf-8")
    return paths


def put_together(**modules: Path) -> str:
    """These modules in one text, which exports what they export by the modules' names."""
    text, names = script_modules.put_together(modules.values())
    exported = ", ".join(f"{name}: {names[module.resolve()]}" for name, module in modules.items())
    return f"{text}export default {{{exported}}}\n"


def run(text: str, then: str, folder: Path) -> str:
    """What Node prints when it imports the text and goes on with `then`."""
    module, main = folder / "all.mjs", folder / "main.mjs"
    module.write_text(text, encoding="utf-8")
    main.write_text(f'import all from "{module}"\n{then}', encoding="utf-8")
    return subprocess.run(["node", main], check=True, capture_output=True, text=True).stdout.strip()


def test_modules_that_share_a_third_run_it_once_and_keep_their_own_names(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        shared='console.log("once")\nexport const side = 28\n'
        "export function twice(x) { return 2 * x }",
        pad='import {side} from "./shared.js"\nconst own = "pad"\n'
        "export const render = () => own + side",
        stage="import {\n  side, twice,\n} from \"./shared.js\"\nconst own = 'stage'\n"
        "export async function render() { return own + twice(side) }\n"
        "export function* unused() {}\nexport class Unused {}",
    )
    text = put_together(Pad=paths["pad"], Stage=paths["stage"])
    told = run(text, "console.log(all.Pad.render(), await all.Stage.render())", tmp_path)
    assert told.splitlines() == ["once", "pad28 stage56"]


def test_a_style_sheet_holds_those_that_it_imports(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "colours.css").write_text("/* Dark\n   only. */\n:host { --ink: #fff }")
    (tmp_path / "pad.css").write_text('@import "./shared/colours.css";\n  p { color: var(--ink) }')
    paths = write(tmp_path, pad="export const render = () => null")
    style = ":host { --ink: #fff }\\np { color: var(--ink) }"
    for_all = (
        "svg, canvas, kbd, code, pre { direction: ltr }\\n"
        ":where(input[inputmode]) { direction: ltr; text-align: match-parent }\\n"
    )
    assert scripts._style(paths["pad"]) == f'"{for_all}{style}"'


def test_a_sheet_that_is_imported_holds_those_that_it_imports_itself(tmp_path: Path) -> None:
    (tmp_path / "pad.css").write_text('@import "./panel.css";\np { margin: 0 }')
    (tmp_path / "panel.css").write_text('@import "./fold.css";\nb { margin: 1px }')
    (tmp_path / "fold.css").write_text("i { margin: 2px }")
    sheet = scripts._with_imports(tmp_path / "pad.css")
    assert sheet.split("\n") == ["i { margin: 2px }", "b { margin: 1px }", "p { margin: 0 }"]


def test_a_file_of_json_is_a_module_that_exports_its_content(tmp_path: Path) -> None:
    texts = '{"greeting": "Hello", "page.name": "Pad", "server.name": "Server", "name": "none"}'
    (tmp_path / "en.json").write_text(texts)
    paths = write(
        tmp_path,
        pad='import {content} from "./en.json"\n'
        'export const greet = () => [content.greeting, content["page.name"]].join()',
    )
    text = put_together(Pad=paths["pad"])
    assert run(text, "console.log(all.Pad.greet())", tmp_path) == "Hello,Pad"
    assert "none" not in text, "what no script names"
    assert "Server" not in text


@pytest.mark.parametrize(
    "line",
    [
        'import * as shared from "./b.js"',
        'import shared from "./b.js"',
        'import {a} from "https://example.org/b.js"',
        "export default 1",
        "export {render}",
        "export let count = 0",
        "const lines = `one,",
    ],
)
def test_what_cannot_be_put_together_is_named(tmp_path: Path, line: str) -> None:
    paths = write(tmp_path, a=f"{line}\n", b="export const a = 1\n")
    with pytest.raises(script_modules.ScriptError, match=re.escape(line)):
        put_together(A=paths["a"])


def test_a_circle_is_named(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        a='import {b} from "./b.js"\nexport const a = 1\n',
        b='import {a} from "./a.js"\nexport const b = 1\n',
    )
    with pytest.raises(script_modules.ScriptError, match=r"a\.js"):
        put_together(A=paths["a"])


def test_lines_of_comment_stay_behind_and_nothing_else(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        a="// What a page is for.\nconst here = 'http://here'  // kept\n\n  // and why\n"
        "export const render = () => [\n  // first\n  here, `//`,\n  '// no comment',\n]\n",
    )
    text = put_together(A=paths["a"])
    assert not re.search("What a page|and why|first", text)
    assert run(text, "console.log(all.A.render().join())", tmp_path) == (
        "http://here,//,// no comment"
    )


def test_a_component_alone_brings_what_it_imports_and_no_other(tmp_path: Path) -> None:
    told = run(scripts.single_script("Pad"), "console.log(typeof all.render)", tmp_path)
    assert told == "function"
    assert "// browser/scope.js" in scripts.single_script("Pad")
    assert "stage.js" not in scripts.single_script("Pad")


def test_every_component_is_in_its_bundle(tmp_path: Path) -> None:
    check = "console.log(Object.keys(all).filter(name => typeof all[name].render === 'function'))"
    folder = tmp_path / "scripts"
    folder.mkdir()
    for bundle in ("page", "edit", "exchange", "neuron", "teacher", "testing"):
        (folder / f"{scripts.named(bundle, 'en')}.js").write_text(
            scripts.script_of(bundle, "en"), "utf-8"
        )
    (folder / "package.json").write_text('{"type": "module"}')

    def told(bundle: str) -> str:
        return run(f'export {{default}} from "./{scripts.named(bundle, "en")}.js"', check, folder)

    assert {"Pad", "Stage", "Controls", "KeptEdits"} <= set(re.findall(r"\w+", told("page")))
    assert {"Details", "Equation"} <= set(re.findall(r"\w+", told("neuron")))
    assert {"TeacherPage", "TrainingControl"} <= set(re.findall(r"\w+", told("teacher")))
    assert {"EditPanel", "Quiz", "Hypothesis"} <= set(re.findall(r"\w+", told("edit")))
    assert {"SavePicture", "Worksheet"} <= set(re.findall(r"\w+", told("exchange")))
    testing = re.findall(r"\w+", told("testing"))
    assert {"EvaluationPanel", "ConfusionMatrix", "ClassMatrix"} <= set(testing)


def test_what_the_page_or_two_bundles_need_is_in_the_page_alone(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        texts="export const language = 'en'",
        turns="export const turns = 0",
        slider='import {turns} from "./turns.js"\nexport const slider = turns',
        pad='import {language} from "./texts.js"\nexport const render = language',
        panel='import {language} from "./texts.js"\nimport {slider} from "./slider.js"\n'
        'import {field} from "./field.js"\nexport const render = () => slider',
        field="export const field = 1",
        form='import {slider} from "./slider.js"\nexport const render = () => slider',
    )
    bundles = {"page": ["pad"], "edit": ["panel"], "training": ["form"]}
    held = scripts.modules_of({name: [paths[n] for n in names] for name, names in bundles.items()})
    assert [module.stem for module in held["edit"]] == ["field", "panel"]
    assert [module.stem for module in held["training"]] == ["form"]
    page = [module.stem for module in held["page"]]
    assert {"link", "bundle", "texts", "pad", "turns", "slider"} <= set(page)
    assert page.index("turns") < page.index("slider"), "each behind what it imports"


def test_what_every_page_has_from_the_start_comes_in_one_file() -> None:
    parts = {type(part) for part in create_app().select(LiveComponent)}
    assert {part.bundle for part in parts | {PupilBar}} == {"page"}
    assert TeacherPage.bundle == "teacher", "which no pupil's page needs"


def test_a_bundle_brings_nothing_that_the_page_has() -> None:
    def modules(bundle: str) -> set[str]:
        return set(
            re.findall(r"^// (\w+/\w+\.js(?:on)?)$", scripts.script_of(bundle, "en"), re.MULTILINE)
        )

    assert modules("edit") & modules("page") == set()
    assert "edit/weight_canvas.js" in modules("edit")
    assert {"browser/texts.js", "texts/en.json", "transport/link.js"} <= modules("page")


def test_a_bundle_in_another_language_has_its_texts_and_the_rest_is_the_same() -> None:
    english, german = (scripts.script_of("page", language) for language in ("en", "de"))
    assert '"page.language": "Language"' in english
    assert '"page.language": "Sprache"' in german
    others = [
        (here, there)
        for here, there in zip(english.splitlines(), german.splitlines(), strict=True)
        if here != there
    ]
    assert len(others) == 1, "one line holds all texts"
    assert f"./{scripts.named('page', 'de')}.js" in scripts.script_of("edit", "de")


def test_another_version_of_the_page_is_another_of_every_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = write(tmp_path, pad="export const render = () => 'another'")["pad"]
    before = {bundle: scripts.named(bundle, "en") for bundle in ("page", "edit")}
    assert f"./{before['page']}.js" in scripts.script_of("edit", "en")
    monkeypatch.setitem(scripts._bundles, "page", scripts._bundles["page"] | {"Pad": pad})
    assert all(scripts.named(bundle, "en") != name for bundle, name in before.items())


def fetched(url: str, **headers: str) -> tuple[dict[str, str], bytes]:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return dict(answer.headers), answer.read()


@pytest.mark.parametrize("bundle", ["page", "edit"])
def test_a_bundle_is_kept_for_good_under_its_version_alone(address: str, bundle: str) -> None:
    url = address + scripts.address_of(bundle, "en")
    headers, body = fetched(url, **{"Accept-Encoding": "gzip"})
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Type"].startswith("text/javascript")
    assert headers["X-Content-Type-Options"] == "nosniff"
    plain, text = fetched(url)
    assert "Content-Encoding" not in plain
    assert gzip.decompress(body) == text == scripts.script_of(bundle, "en").encode()
    other, latest = fetched(f"{address}scripts/{bundle}-en-{'0' * 16}.js")
    assert other["Cache-Control"] == "no-cache"
    assert latest == text


@pytest.mark.parametrize(
    "name", ["other-en-{}", "{}", "page-{}", "Page-en-{}", "page-xx-{}", "page-en-{}0"]
)
def test_no_other_name_is_found(address: str, name: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(f"{address}scripts/{name.format('0' * 16)}.js")


def test_an_unchanged_file_is_not_sent_again(address: str) -> None:
    url = f"{address}scripts/page-en-{'0' * 16}.js"
    headers, _ = fetched(url)
    with pytest.raises(urllib.error.HTTPError, match="304"):
        fetched(url, **{"If-None-Match": headers["Etag"]})
