"""Many dossiers moved to another version: asked for, previewed, carried out, undone; each by an event of its own."""
