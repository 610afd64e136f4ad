"""One room for each policy area: parameters and their rules, calculators, results, checks, in that order."""
