"""Looking for what no test thought of: `make fuzz` throws texts at whatever reads them, `make mutate` breaks the
code and sees whether a test notices. Both are asked for by hand; what they find becomes a test.
"""
