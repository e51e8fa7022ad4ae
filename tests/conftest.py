"""Fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with open corpora that the project may read and not hold; tests skip without it."""
    folder = Path(os.environ.get("WHOWHOM_SHARED", ROOT.parent / "shared"))
    if not (folder / "README.md").exists():
        pytest.skip("the folder of shared corpora is not here (set WHOWHOM_SHARED)")
    return folder


@pytest.fixture(scope="session")
def encoder():  # type: ignore[no-untyped-def]
    """The packaged encoder."""
    from whowhom.encoder import open_encoder

    return open_encoder("fast")
