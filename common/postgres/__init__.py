"""The PostgreSQL server that comes with Motcua, for one machine: socket only, two roles, crash-safe."""
