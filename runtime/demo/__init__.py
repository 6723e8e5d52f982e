"""Demo data: an invented province whose dossiers were made by the same verbs that people use."""
