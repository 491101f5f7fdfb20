"""The results as files: written by `compute`, read by everything after it. They are the contract between the two."""
