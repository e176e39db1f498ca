"""A report as JSON, the contract for other programs."""

from checklist.report.model import Report


def render(report: Report, *, ascii_only: bool = False) -> str:
    """Write the whole report, indented; on request with everything beyond ASCII escaped."""
    return report.model_dump_json(indent=2, by_alias=True, ensure_ascii=ascii_only) + "\n"
