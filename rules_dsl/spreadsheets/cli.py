"""`motcua rules table`: a table of a rule file as a sheet for Excel and its like, and back."""
