"""Open records: documents that anybody can read and recompute, and how they are read and written. Pure."""
