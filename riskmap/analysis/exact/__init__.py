"""Minimal cut sets of all orders, exact probability and importance, by decision diagrams.

From the outside in: a structure becomes a formula (:mod:`.formulation`), the formula falls apart
into modules (:mod:`.modules`), each module becomes a diagram under some order of its variables
(:mod:`.ordering`, :mod:`.diagram`), and a :class:`~.solution.Solution` answers questions about all
cut sets without ever listing them.
"""
