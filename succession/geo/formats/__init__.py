"""Vector files of many kinds, read as one stream of records."""
