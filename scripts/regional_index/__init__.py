"""Compute a regional index from data files and turn it into the pages of a site.

The rooms, in the order in which they may import each other:

    errors → files → framework → claims → inputs → compute → facts
           → narrative | tables | figures → pages | downloads → site
"""
