"""What a report says: all wording and rounding, as frozen dataclasses of display strings."""
