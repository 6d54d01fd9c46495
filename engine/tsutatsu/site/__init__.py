"""Review pages: what a legal reviewer reads and signs, one self-contained page for each issue of a circular."""
