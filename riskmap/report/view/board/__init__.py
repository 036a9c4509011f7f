"""The sections of the board report, one file each."""
