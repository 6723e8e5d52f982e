"""Proofs over all answers a form admits, with z3: `prover.proving.prove` decides, `proof` says what came out."""
