"""Text in, frozen values out: the rules of language. No Django, database, clock, network or files."""
