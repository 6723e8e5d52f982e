"""Dossiers of an older system, from a spreadsheet: read and checked first, then taken over."""
