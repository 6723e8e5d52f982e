"""Tables of a rule file as sheets for Excel and its like, and back: the only part that opens such files."""
