"""One rule for many dossiers at once: a column of answers for each question in, a column of values out.

A rule is written as NumPy on whole columns wherever 64 bits are proved to be enough for what these columns hold;
everything else goes row by row through the rule's own function. Either way the result is the same to the đồng.
"""
