"""Reports for editors: what a command found, for the terminal, as a page of its own, and for a pull request."""
