"""The library in a few verbs.

>>> from riskmap import api  # doctest: +SKIP
>>> model = api.load("model.yaml")  # doctest: +SKIP
>>> assessment = api.assess(model)  # doctest: +SKIP
"""

from pathlib import Path

from riskmap.loading import load_model
from riskmap.model import Model

__all__ = ["load"]


def load(path: str | Path) -> Model:
    """Read a model file and everything it includes.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    return load_model(path)
