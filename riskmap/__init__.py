"""riskmap finds what an organisation depends on without knowing it.

A user describes functions, services, providers, contracts and the third parties nobody
contracted in one YAML file; riskmap finds single points of failure, false redundancy, missing
or late contingency plans and lock-in, and renders board-ready reports.

The library in a few verbs is :mod:`riskmap.api`; the command line is :mod:`riskmap.cli`.
"""

__version__ = "0.1.0"
