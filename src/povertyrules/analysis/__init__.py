"""What can be asked of whole policies and of many households: what a change of rules changes, and for whom."""
