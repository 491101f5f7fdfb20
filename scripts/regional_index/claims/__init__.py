"""What follows from the claims of a published edition. Knows no files, no charts and no computed series.

Pages need only `findings`, `against` and what these stand on: the kinds of claims and how a printed number is read.
"""
