"""What becomes of a published procedure: its intake pauses and resumes, it is retired, a publication is withdrawn."""
