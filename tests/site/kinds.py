"""One page of every kind: what holds for these holds for all, which are made from the same templates."""

KINDS = [
    "", "industry/", "industry/scale/", "application/government/", "trends/04/", "regions/", "regions/guangdong/",
    "regions/xizang/receipt/", "compare/", "compare/?regions=guangdong,zhejiang,neimenggu,beijing", "methodology/",
    "weights/", "robustness/", "coherence/", "data/", "claims/", "guide/claims/",
]  # fmt: skip
