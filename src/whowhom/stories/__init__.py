"""Many reports, one event: near copies of texts, and events of different documents that are one happening."""
