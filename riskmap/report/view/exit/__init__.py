"""The exit plan: what leaving takes, and what to do first."""
