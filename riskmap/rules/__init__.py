"""Judgement: from what was computed to what somebody should know."""
