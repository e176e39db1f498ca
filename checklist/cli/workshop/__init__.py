"""``checklist workshop``: leads a workshop, and what is printed for one."""
