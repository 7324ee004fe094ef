"""Rows and formats, streamed."""
