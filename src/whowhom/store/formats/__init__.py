"""Tables as files: one module per format, chosen by name."""

from whowhom.store.formats.files import Writer, open_writer

__all__ = ["Writer", "open_writer"]
