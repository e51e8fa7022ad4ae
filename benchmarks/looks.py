"""What the explorer and the report look like: pictures of every page at three widths, light and dark, and what axe says.

`python benchmarks/looks.py FOLDER AXE [PAGE ...]` codes a year of invented pages (600, more than 5,000 events) with the language model
into FOLDER/store, joins its stories, writes two reports (one page; a thousand documents), and puts a picture of each page into
FOLDER/pictures. AXE is axe.min.js out of the npm package axe-core. It prints a line for each picture: complaints of the console,
pixels that the page is too wide, and axe's findings; the last line counts. Pictures that are there are not taken again, so it goes on
where it was stopped. Needs playwright and a Chromium (WHOWHOM_CHROMIUM, or one on the path).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "explore")]

DOCUMENTS = 600
LOOKS = [(width, scheme) for width in (390, 768, 1280) for scheme in ("light", "dark")]
SERIOUS = ("serious", "critical")
_DRAWN = "[...document.querySelectorAll('.chart')].every(c => c.children.length && !c.querySelector('noscript'))"
_AXE = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => [v.impact, v.id, v.nodes[0].html.slice(0, 120)]))"


def make(folder: Path) -> None:
    """The store and the reports, unless they are there."""
    import invented

    import whowhom
    from whowhom.explore import report
    from whowhom.store import open_store
    from whowhom.store.joining import join_store

    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "store").exists():
        pages = folder / "pages.jsonl"
        with pages.open("w", encoding="utf8") as file:
            for made in invented.year(DOCUMENTS):
                page = {k: getattr(made.document, k) for k in ("text", "title", "publisher", "date", "url")}
                file.write(json.dumps(page) + "\n")
        store = open_store(folder / "store.part")
        with store.writer() as writer:
            for one in whowhom.code(str(pages)):
                if isinstance(one, whowhom.Coded):
                    writer.add(one)
        join_store(store)
        store.close()
        (folder / "store.part").rename(folder / "store")
    if not (folder / "many.html").exists():
        report.write(folder / "one.html", list(invented.year(1)))
        report.write(folder / "many.html", list(invented.year(1000)))


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address of an explorer over a store."""
    import uvicorn

    from whowhom.explore.web import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(store), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def addresses(base: str, folder: Path) -> dict[str, str]:
    """Every kind of page: its name and address."""
    import httpx

    total = httpx.get(base + "/api/events?size=1", timeout=600).json()
    story = httpx.get(base + "/api/stories?size=1", timeout=600).json()
    event, document = total["events"][0]["id"], total["events"][0]["document"]
    print(f"{total['total']:,} events in the store", flush=True)
    pages = {
        "overview": "/", "events": "/events?q=met", "map": "/map", "network": "/network?by=label", "actor": "/actor?name=KEN", "dyad": "/dyad?a=MLI&b=GRC",
        "event": f"/event/{event}", "document": f"/document/{document}", "stories": "/stories?all=1", "judgements": "/judgements", "nothing": "/?q=zzz",
        "error": "/event/none", **({"story": f"/story/{story[0]['id']}"} if story else {}),
    }  # fmt: skip
    return {n: base + p for n, p in pages.items()} | {f"report-{n}": (folder / f"{n}.html").resolve().as_uri() for n in ("one", "many")}


def look(browser: Any, address: str, axe: str, width: int, scheme: str, picture: Path) -> dict[str, Any]:
    """Take a picture; what the console, the width and axe have to complain of."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    context.set_default_timeout(300_000)
    page, console = context.new_page(), list[str]()
    page.on("console", lambda m: console.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: console.append(str(e)))
    page.goto(address)
    end = time.monotonic() + 300
    while not page.evaluate(_DRAWN) and time.monotonic() < end:
        page.wait_for_timeout(100)
    page.wait_for_timeout(200)
    page.screenshot(path=str(picture), full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.add_script_tag(content=axe)
    found = page.evaluate(_AXE)
    context.close()
    return {"too_wide": wide, "console": console, "axe": found}


def main() -> None:
    """Make what is missing, look at every page, count."""
    from playwright.sync_api import sync_playwright

    folder, axe, only = Path(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf8"), sys.argv[3:]
    make(folder)
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    chromium = os.environ.get("WHOWHOM_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    seen = bad = 0
    with served(folder / "store") as base, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pages = addresses(base, folder)
        for width, scheme in LOOKS:
            for name, address in pages.items():
                picture = pictures / f"{name}-{width}-{scheme}.png"
                if (only and name not in only) or picture.exists():
                    continue
                found = look(browser, address, axe, width, scheme, picture)
                expected = ["404"] if name == "error" else []
                complaints = [c for c in found["console"] if not any(e in c for e in expected)]
                seen += 1
                bad += bool(complaints or found["too_wide"] > 0 or any(impact in SERIOUS for impact, *_ in found["axe"]))
                print(json.dumps({"page": name, "width": width, "scheme": scheme, **found}), flush=True)
    print(f"{seen} pictures; {bad} with a complaint of the console, too wide, or with a serious finding of axe")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
