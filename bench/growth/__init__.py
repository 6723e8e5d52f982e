"""The same questions and steps in houses of 10³, 10⁵ and 10⁶ dossiers: what grows, and how much."""
