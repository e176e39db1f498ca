"""Turns a ``Report`` into text; computes nothing.

    Report → document (one person's) | round_document (a round's) → terminal | markdown
    Report → as_json | as_csv

A format is one file; what all readable formats say stands once, in ``document`` and
``round_document`` and their parts.
"""
