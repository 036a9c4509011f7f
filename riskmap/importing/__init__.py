"""What other people wrote, as YAML of the model language: one module per kind of file."""
