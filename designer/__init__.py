"""Where an agency draws, checks and publishes its procedures."""
