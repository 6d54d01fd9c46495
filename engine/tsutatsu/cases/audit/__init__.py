"""The audit trail: a chain per case, a tree over all entries, signed heads, and proofs that need no database."""
