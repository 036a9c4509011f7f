"""``python -m riskmap``: the same as the ``riskmap`` command."""

from riskmap.cli.main import main

main()
