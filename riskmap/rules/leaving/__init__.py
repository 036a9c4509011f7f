"""What leaving a service or a provider takes: who moves along, how long, for how much, and why.

Everything is computed from what the model states about leaving; whatever nobody stated is a gap
that is shown and makes the result worse. ``docs/lock-in.md`` has the formulas.
"""
