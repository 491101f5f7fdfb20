"""The method, from raw values to ranked scores: a file per step of the OECD/JRC Handbook; knows no files, no charts."""
