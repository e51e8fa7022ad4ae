"""Which whowhom, model and knowledge tables make rows, as one row of the makers table."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from functools import lru_cache
from importlib import resources
from pathlib import Path

from whowhom.config import Options
from whowhom.model import content_id
from whowhom.store.layout import Maker

#: Settings that say how a machine works and not what comes out.
_NO_MATTER = ("threads",)


@lru_cache(maxsize=8)
def maker(options: Options | None = None) -> Maker:
    """The maker of rows coded now with these options. Its id is a hash of all the rest."""
    from whowhom import __version__

    given = options or Options()
    settings = {k: v for k, v in dataclasses.asdict(given).items() if k not in _NO_MATTER}
    for name in ("ontology", "dictionaries"):  # users' own files count by content
        paths = [settings[name]] if isinstance(settings[name], str) else list(settings[name])
        settings[name] = [f"{Path(p).name} {_digest(Path(p))}" for p in paths if p]
    version, digest = _model(given.model)
    knowledge = tuple(f"{name} {value}" for name, value in _knowledge())
    text = json.dumps(settings, sort_keys=True)
    return Maker(content_id(__version__, given.model, version, digest, knowledge, text), __version__, given.model, version, digest, knowledge, text)


def _model(name: str) -> tuple[str, str]:
    """Version and hash of the installed model of this name, '' where it cannot be found (coding will say so)."""
    from whowhom.encoder.session import available

    folder = Path(available().get(name, name))
    heads, network = folder / "heads.json", folder / "model.onnx"
    if not heads.is_file() or not network.is_file():
        return "", ""
    return str(json.loads(heads.read_text(encoding="utf8")).get("version", "")), _digest(folder)


@lru_cache(maxsize=1)
def _knowledge() -> tuple[tuple[str, str], ...]:
    """Each part of the knowledge folder, the story tables and the thresholds, with a hash of its tables."""
    package = Path(str(resources.files("whowhom")))
    groups: dict[str, list[Path]] = {}
    for path in sorted([*(package / "knowledge").rglob("*"), *package.glob("*/**/*.tsv"), package / "thresholds.tsv"]):
        if path.is_file() and path.suffix in (".tsv", ".gz", ".csv", ".json", ".parquet", ".npz"):
            groups.setdefault(path.relative_to(package).parts[-2] if path.parent != package else path.stem, []).append(path)
    return tuple((name, _hash(sorted(set(files)))) for name, files in sorted(groups.items()))


def _digest(path: Path) -> str:
    return _hash([path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts))


def _hash(files: list[Path]) -> str:
    state = hashlib.blake2b(digest_size=6)
    for file in files:
        state.update(file.name.encode() + b"\0" + file.read_bytes())
    return state.hexdigest()
