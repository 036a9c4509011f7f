"""The sections of the contingency plan, one file each."""
