"""The uses of the rules: compute and explain; each is a visitor over the same terms."""
