"""The mathematics, in Boolean, graph and interval terms; no risk words, no files, no clock."""
