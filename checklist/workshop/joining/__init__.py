"""Taking part from a terminal: what ``checklist run --join`` does with the page's server."""
