"""The portal: find a procedure, apply, follow the dossier, look it up by its code."""
