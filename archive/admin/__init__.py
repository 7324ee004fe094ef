"""Where curators work: a file per noun."""
