"""The guide inside the program: the documents of the house as pages, and the section for the page one is on."""
