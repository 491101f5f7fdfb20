"""What pages say of each topic: its tables, sentences and macros together."""
