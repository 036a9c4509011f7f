"""One rule per file; the docstring is the documentation, the example and the test."""
