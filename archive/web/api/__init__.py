"""The API: what the pages show, as JSON, to be read by programs."""
