"""Reports for editors: what a command found, for the terminal, as a page of its own, and for a pull request."""
"""Reports for editors, on what they bring or change: read in a terminal or in a pull request, not part of the site."""
