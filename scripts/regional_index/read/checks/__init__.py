"""Checks of what was read: cells by themselves, rows and files against each other, each file against the tree."""
