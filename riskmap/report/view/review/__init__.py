"""The vendor review memo: one module per section."""
