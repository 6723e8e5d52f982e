"""Linked dossiers: messages between a dossier and the dossiers of other procedures that its steps call."""
