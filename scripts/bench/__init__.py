"""All that measures the project: time, size, what a page costs its reader; no part of the product."""
