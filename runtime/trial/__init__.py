"""Dossiers played in memory with the real engine: what the designer tries out, and what examples with a course are."""
