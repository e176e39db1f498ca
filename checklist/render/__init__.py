"""Turns a ``Report`` into text; computes nothing.

    Report → document (what is said, in which order) → terminal | markdown
    Report → as_json

A format is one file; what all readable formats say stands once, in ``document`` and its parts.
"""
