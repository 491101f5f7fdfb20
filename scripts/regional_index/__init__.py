"""Compute a regional index from data files and turn it into the pages of a site.

The rooms, in the order in which they may import each other:

    errors → files → framework → read → compute → claims → facts → markup
           → figures | narrative → tables → pages | downloads → site
"""
