"""The command line: one file a command, each parses, calls and prints.

``program`` starts it, ``commands`` lists what there is, ``session`` is what a command works with,
``failure`` is the one place that shows errors, ``help`` and ``usage`` put our words in place of
typer's.
"""
