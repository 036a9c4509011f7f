"""Table-top exercises: a plausible outage drawn from the model, and its script over time.

The entry is :func:`riskmap.rules.exercise.script.script_of`. The kind of exercise is the table-top
exercise of NIST SP 800-84: roles talk through an emergency that a facilitator tells.
"""
