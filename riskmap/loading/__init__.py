"""YAML text to model: every problem at its line."""

from riskmap.loading.load import load_model

__all__ = ["load_model"]
