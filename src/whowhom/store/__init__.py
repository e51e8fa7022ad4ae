"""What was coded, kept: Parquet is the truth, DuckDB an index that can be thrown away."""
