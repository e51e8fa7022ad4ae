"""What was coded, kept: Parquet is the truth, DuckDB an index that can be thrown away."""

from whowhom.store.store import Store, open_store
from whowhom.store.writer import StoreWriter

__all__ = ["Store", "StoreWriter", "open_store"]
