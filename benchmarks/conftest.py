"""The scripts in ``references`` run as they stand: importing them for doctests would start them."""

collect_ignore = ["references"]
