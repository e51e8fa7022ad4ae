"""`whowhom explore`: look at a store in the browser."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from whowhom.errors import WhowhomError


def explore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A store, made by: whowhom code INPUT -o DIR")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 8642,
    token: Annotated[str, typer.Option(envvar="WHOWHOM_TOKEN", help="Lets programs that send it write judgements through the API.")] = "",
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = False,
) -> None:
    """Search, follow and question the events of a store: a web application on this machine alone.

    [bold]Example[/bold]

    whowhom explore events
    """
    try:
        import uvicorn

        from whowhom.explore.web import create_app
    except ImportError as error:
        raise WhowhomError(f"the explorer needs {error.name}", remedy="pip install 'whowhom[explore]'") from error
    app = create_app(folder, token=token)
    listener = _listen(port)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    typer.echo(f"whowhom explore: {folder} at {address}  (Ctrl-C stops)")
    if open_browser:
        import webbrowser

        webbrowser.open(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=30, limit_concurrency=64))
    server.run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    """A socket of this machine only: nothing outside it can connect."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise WhowhomError(f"port {port} cannot be had: {error.strerror}", remedy="choose another with --port, or 0 for a free one") from error
    return listener
