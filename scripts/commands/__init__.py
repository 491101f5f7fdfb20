"""The commands of `build.py`, a module a topic."""
