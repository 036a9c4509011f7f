"""Figures: vector pictures with real text, drawn from plain rows of numbers and words.

They know nothing of assessments; whoever calls them has worded and rounded everything. The only
place that uses matplotlib.
"""
