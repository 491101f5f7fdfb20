"""Text of pages by topic: the tables, sentences and macros of each together."""
