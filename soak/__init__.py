"""A house under load whose programs are killed again and again: `make soak`.

Outside the house stand clients that speak HTTP as a browser does and write down every act that they were told of,
a mail server that writes down every mail it took, and somebody with kill -9. In the end all three are compared
with what the database holds. What may be lost and what may come twice: docs/decisions/0043.
"""
