"""Word lists and tables (TOML), each with its source, and the one function that reads them."""
