"""Parallax: a searchable news archive that shows one event from several positions."""
