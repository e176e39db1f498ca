"""``checklist questions``: what authors of questionnaires do, a file a command."""
