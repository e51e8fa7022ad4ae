"""The command line: one file per command, each a thin wrapper around the library."""

from whowhom.cli.app import main

__all__ = ["main"]
