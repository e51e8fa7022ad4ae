"""In a real browser: every page and the main journeys, no console error, no serious finding of axe, no sideways scrolling.

Needs playwright and a Chromium (WHOWHOM_CHROMIUM, or one on the path). axe-core is taken from WHOWHOM_AXE (a file axe.min.js)
or fetched with `npm pack`; without it that test is skipped. WHOWHOM_SHOTS names a folder for screenshots.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import tarfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import fill

from whowhom.explore import judgements, report
from whowhom.model import Coded

pytestmark = pytest.mark.browser
WIDTHS = (390, 768, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("WHOWHOM_CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not path:
        pytest.skip("no Chromium here (set WHOWHOM_CHROMIUM)")
    with playwright.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=path, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as one:
        yield one


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of an explorer over a store."""
    uvicorn = pytest.importorskip("uvicorn", reason="the explorer needs the extra 'explore'")
    from whowhom.explore.web import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(folder), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    given = os.environ.get("WHOWHOM_AXE")
    if given:
        return Path(given).read_text(encoding="utf8")
    if not shutil.which("npm"):
        pytest.skip("no axe-core here (set WHOWHOM_AXE, or install npm)")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(["npm", "pack", "--silent", "axe-core@4"], cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        pytest.skip("axe-core cannot be fetched")
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        file = archive.extractfile("package/axe.min.js")
        assert file is not None
        return file.read().decode()


def visit(browser: Any, address: str, width: int = 1280, scheme: str = "light", **settings: Any) -> tuple[Any, list[str]]:
    """A page and what its console complains of."""
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **settings).new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.goto(address)
    until(page, "[...document.querySelectorAll('.chart')].every(c => c.children.length && !c.querySelector('noscript'))")
    return page, complaints


def pages(year: list[Coded]) -> dict[str, str]:
    event = next(e for c in year for e in c.events if e.said_by)
    return {
        "overview": "/", "events": "/events?q=met", "map": "/map", "network": "/network?by=label", "actor": "/actor?name=KEN", "dyad": "/dyad?a=MLI&b=GRC",
        "event": f"/event/{event.id}", "document": f"/document/{event.document}", "stories": "/stories?all=1", "judgements": "/judgements", "nothing": "/?q=zzz",
    }  # fmt: skip


def until(page: Any, condition: str, seconds: float = 30.0) -> None:
    """Wait for a condition in the page. Playwright's own wait evaluates strings inside the page, which our content policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"still not so after {seconds} s: {condition}"
        page.wait_for_timeout(20)


def look(page: Any, name: str, width: int, scheme: str) -> None:
    shots = os.environ.get("WHOWHOM_SHOTS")
    if shots:
        page.screenshot(path=str(Path(shots) / f"{name}-{width}-{scheme}.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), f"{name} scrolls sideways at {width}"
    empty = page.evaluate("[...document.querySelectorAll('.chart')].filter(c => !c.textContent.trim() && !c.querySelector('svg')).length")
    assert not empty, f"{name} has a chart without a picture or a word"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_sound_at_every_width(browser: Any, address: str, year: list[Coded], width: int, scheme: str) -> None:
    for name, path in pages(year).items():
        page, complaints = visit(browser, address + path, width, scheme)
        look(page, name, width, scheme)
        assert not complaints, (name, complaints)
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, address: str, year: list[Coded], axe: str, tmp_path: Path, scheme: str) -> None:
    report.write(tmp_path / "r.html", year[:3])
    for name, path in {**{n: address + p for n, p in pages(year).items()}, "report": (tmp_path / "r.html").as_uri()}.items():
        page, _ = visit(browser, path, scheme=scheme, bypass_csp=True)
        page.add_script_tag(content=axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
        assert not serious, (name, serious)
        page.context.close()


def test_from_the_overview_to_the_words_and_a_judgement(browser: Any, address: str) -> None:
    page, complaints = visit(browser, address + "/")
    page.locator("figure[data-chart=timeline] svg a").nth(3).click(force=True)
    page.wait_for_url("**/events?time=*")
    page.get_by_role("link", name="Why: this event").first.click()
    page.wait_for_url("**/event/*")
    assert "What was done" in page.inner_text("main")
    page.get_by_label("Verdict").select_option("wrong_status")
    page.get_by_label("What would be right").fill("planned")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_selector("#judgements li")
    assert "planned" in page.inner_text("#judgements li")
    page.get_by_role("link", name="report").first.click()
    page.wait_for_selector(".doc")
    page.get_by_role("button", name="Show in the text").first.click()
    assert page.locator("mark.on").count() > 0
    assert not complaints


def test_a_filter_changes_the_page_and_its_address(browser: Any, address: str) -> None:
    page, complaints = visit(browser, address + "/events")
    page.get_by_label("Kind").select_option("4")
    page.wait_for_url("**/events?quad=4")
    page.wait_for_selector(".chips li")
    assert "material conflict" in page.inner_text(".chips")
    page.go_back()
    page.wait_for_url("**/events")
    assert not complaints


def test_a_chart_can_be_taken_away_as_picture_and_data(browser: Any, address: str) -> None:
    page, _ = visit(browser, address + "/")
    with page.expect_download() as got:
        page.get_by_role("button", name="Picture (SVG): network").click()
    text = Path(got.value.path()).read_text()
    assert text.startswith("<svg") and "href=" not in text and "var(" not in text
    with page.expect_download() as got:
        page.get_by_role("button", name="CSV: network").click()
    assert Path(got.value.path()).read_text().startswith("actor,recipient,")


def test_a_picture_comes_as_png_too(browser: Any, address: str) -> None:
    page, complaints = visit(browser, address + "/")
    with page.expect_download() as got:
        page.get_by_role("button", name="Picture (PNG): timeline").click()
    assert Path(got.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert not complaints


#: Boxes of names and discs of the network that lie on each other or leave the picture, by more than a pixel.
OVERLAPS = """(() => {
  const svg = document.querySelector("figure[data-chart=network] svg, #f-net svg"), frame = svg.getBoundingClientRect(), wrong = [];
  const parties = [...svg.querySelectorAll("a")].filter((a) => a.querySelector("circle.node")).map((a) => ({
    words: a.querySelector("text").textContent, boxes: [a.querySelector("text"), a.querySelector("circle")].map((n) => n.getBoundingClientRect()) }));
  for (const p of parties) for (const b of p.boxes) if (b.left < frame.left - 1 || b.right > frame.right + 1 || b.top < frame.top - 1 || b.bottom > frame.bottom + 1) wrong.push(`${p.words} is cut`);
  parties.forEach((p, i) => parties.slice(i + 1).forEach((o) => { for (const a of p.boxes) for (const b of o.boxes) if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) wrong.push(`${p.words} on ${o.words}`); }));
  return parties.length ? wrong : ["no party"];
})()"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_name_of_the_network_lies_on_another_or_is_cut(browser: Any, address: str, width: int) -> None:
    for path in ("/network?by=label", "/", "/?actor=KEN&by=label", "/?type=ASSAULT"):
        page, _ = visit(browser, address + path, width)
        assert not page.evaluate(OVERLAPS), (path, width)
        page.context.close()


def test_filters_fold_on_narrow_screens_unless_in_use(browser: Any, address: str) -> None:
    page, _ = visit(browser, address + "/events", 390)
    assert not page.get_by_label("Kind").is_visible()
    page.get_by_text("More filters").click()
    assert page.get_by_label("Kind").is_visible()
    page, _ = visit(browser, address + "/events?quad=4", 390)
    assert page.get_by_label("Kind").is_visible()
    page, _ = visit(browser, address + "/events", 1280)
    assert page.get_by_label("Kind").is_visible()


def test_what_a_filter_found_is_said_aloud(browser: Any, address: str) -> None:
    page, _ = visit(browser, address + "/events")
    page.get_by_label("Kind").select_option("4")
    until(page, "/^[\\d,]+ events?$/.test(document.getElementById('spoken').textContent)")


def test_keys_alone_lead_to_the_evidence(browser: Any, address: str) -> None:
    page, _ = visit(browser, address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    page.locator("figure[data-chart=network] svg a").last.focus()
    assert page.locator("figure[data-chart=network] svg.picking a.on").count() >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/actor?name=*")
    page.locator("figure[data-chart=timeline] svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?*")
    assert page.locator(".card blockquote").count() >= 1


def test_one_click_says_the_same_happening_and_a_place_is_picked(browser: Any, tmp_path: Path, year: list[Coded]) -> None:
    told = year[0]
    event = dataclasses.replace(told.events[0], date="2023-05-02", date_end="2023-05-02", date_precision="day")
    reprint = dataclasses.replace(told.document, id="f" * 16, url="https://reprint.example/1", publisher="The Reprint")
    again = Coded(reprint, told.mentions, (dataclasses.replace(event, id="e" * 16, document=reprint.id),), ())
    folder = fill(tmp_path / "twice", [dataclasses.replace(told, events=(event,)), again])
    with served(folder) as own:
        page, complaints = visit(browser, f"{own}/event/{event.id}")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_role("button", name="Same happening: report 1").click()
        page.wait_for_selector("#judgements li a")
        assert "Same happening as another event" in page.inner_text("#judgements li") and "Ada" in page.inner_text("#judgements li")
        # The right place is picked from the place table.
        page.get_by_label("Verdict").select_option("wrong_place")
        page.get_by_label("What would be right").press_sequentially("Bergen")
        until(page, "[...document.querySelectorAll('#right-place option')].some(o => o.value.endsWith('Norway [3161732]'))")
        page.get_by_label("What would be right").fill(page.evaluate("document.querySelector('#right-place option[value*=Norway]').value"))
        page.get_by_role("button", name="Keep").click()
        page.wait_for_selector("#judgements li:nth-child(2)")
        assert not complaints
        page.context.close()
    said = [(c.verdict, c.value, c.by) for c in judgements.read(folder)]
    assert said[0] == ("same_story", "e" * 16, "person:Ada")
    assert said[1][0] == "wrong_place" and said[1][1].startswith("Bergen, ") and said[1][1].endswith("Norway [3161732]")


def test_a_filter_that_failed_says_so(browser: Any, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from whowhom.explore.web import index, questions

    page, _ = visit(browser, address + "/events")
    monkeypatch.setattr(index, "PATIENCE_S", 0.2)
    monkeypatch.setattr(questions, "numbers", lambda i, *_: i.ask("SELECT count(*) FROM range(10000000000) a WHERE a.range % 7 = 3"))
    page.get_by_label("Kind").select_option("4")
    page.wait_for_selector("#view .notice")
    assert "took too long" in page.inner_text("#view .notice")
    monkeypatch.undo()
    page.get_by_label("Kind").select_option("3")
    until(page, "!document.querySelector('#view .notice')")


def test_the_report_of_many_documents(browser: Any, tmp_path: Path, year: list[Coded]) -> None:
    report.write(tmp_path / "r.html", year)
    for width in WIDTHS:
        page, complaints = visit(browser, (tmp_path / "r.html").as_uri(), width, "dark" if width == 768 else "light")
        look(page, "report-many", width, "any")
        assert not page.evaluate(OVERLAPS)
        assert not complaints
        page.locator("#docs a").nth(4).click()
        until(page, "document.querySelector('#document h2').textContent !== ''")
        until(page, f"document.querySelector('#document h2').textContent === {year[4].document.title!r}")
        page.get_by_label("Type").select_option("ASSAULT")
        page.wait_for_selector("#chips li")
        shown = page.inner_text("#found")
        assert shown.startswith(f"{sum(e.event == 'ASSAULT' for c in year for e in c.events)} event"), shown
        page.locator("#f-time svg a rect.hit").first.click()
        until(page, "document.querySelectorAll('#chips li').length >= 2")
        assert not complaints
        page.context.close()


def test_the_report_of_one_document(browser: Any, tmp_path: Path, year: list[Coded]) -> None:
    report.write(tmp_path / "r.html", year[:1])
    for width in WIDTHS:
        page, complaints = visit(browser, (tmp_path / "r.html").as_uri(), width)
        look(page, "report-one", width, "light")
        page.get_by_role("button", name="Show what was cut").click()
        assert page.locator(".cut").first.is_visible()
        assert not complaints
        page.context.close()


def test_no_script_from_an_article_runs(browser: Any, tmp_path: Path, hostile_pages: list[Coded]) -> None:
    report.write(tmp_path / "r.html", hostile_pages)
    page, complaints = visit(browser, (tmp_path / "r.html").as_uri())
    page.on("dialog", lambda d: complaints.append("a dialog: " + d.message))
    for n in range(0, len(hostile_pages), 6):
        page.evaluate("n => { location.hash = '#?read=' + n; }", n)
        page.wait_for_timeout(60)
    assert not complaints
