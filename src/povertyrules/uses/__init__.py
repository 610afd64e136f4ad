"""The uses of rules: compute, bound, explain, prove, and columns at scale; each visits the same terms."""
