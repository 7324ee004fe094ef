"""Rows and formats, streamed: what of the archive can be taken away, and how."""
