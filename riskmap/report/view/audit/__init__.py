"""The continuity audit: one module per section."""
