"""The explorer: a local web application over a store. `create_app(DIR)`; needs the extra ``whowhom[explore]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whowhom.explore.web.app import create_app


def __getattr__(name: str) -> Any:
    if name == "create_app":
        from whowhom.explore.web.app import create_app

        return create_app
    raise AttributeError(name)


__all__ = ["create_app"]
