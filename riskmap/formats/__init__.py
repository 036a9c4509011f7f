"""An assessment for machines and other programs; each format is a view, one per file."""
