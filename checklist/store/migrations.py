"""The store's schema, as the steps that lead to it; a released step stays as it is.

``schema_version`` says how many of them a store has taken. Statements are plain SQL, filled in with
the dialect's words.

Single responses lie in tables of their own for each round: ``COLLECTING`` while it collects,
``CLOSED`` after that. Closing and purging drop these tables whole. Deleting rows is not enough:
SQLite leaves copies of moved rows in the gaps of pages that stay in use, and PostgreSQL leaves dead
rows; a dropped table's pages are overwritten or handed back as a whole. A step can reach the tables
of all rounds: its statements with ``{collecting}`` or ``{closed}`` in them are done once for each.
"""

from collections.abc import Sequence

from checklist.errors import ChecklistError
from checklist.store.dialect import Connection, Dialect

Step = Sequence[str]

FIRST: Step = (
    "CREATE TABLE schema_version (version INTEGER NOT NULL)",
    "INSERT INTO schema_version VALUES (0)",
    """
    CREATE TABLE round (
        number INTEGER PRIMARY KEY,
        folded TEXT NOT NULL UNIQUE,
        code TEXT NOT NULL,
        title TEXT NOT NULL,
        questionnaire TEXT NOT NULL,
        items INTEGER NOT NULL,
        teams TEXT NOT NULL,
        terms TEXT NOT NULL,
        opened_on TEXT NOT NULL,
        series TEXT NOT NULL,
        notice TEXT NOT NULL,
        min_group INTEGER NOT NULL,
        comments INTEGER NOT NULL,
        follows TEXT,
        last_day TEXT,
        delete_after INTEGER NOT NULL,
        closed_on TEXT,
        purged_on TEXT
    )
    """,
    """
    CREATE TABLE report (
        round INTEGER NOT NULL REFERENCES round (number),
        lang TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (round, lang)
    )
    """,
)

MIGRATIONS: Sequence[Step] = (FIRST,)

COLLECTING: Step = (
    # A response that was taken back has no team, perspective and answers, only its id and rev.
    """
    CREATE TABLE response_{round} (
        id TEXT NOT NULL PRIMARY KEY,
        rev BIGINT NOT NULL,
        key BIGINT NOT NULL,
        team INTEGER,
        perspective TEXT,
        panel TEXT NOT NULL,
        answers TEXT,
        texts TEXT NOT NULL
    ) {clustered}
    """,
    "CREATE TABLE import_{round} (mark TEXT NOT NULL PRIMARY KEY) {clustered}",
)

CLOSED: Step = (
    # The table is its own index for the answers of a team.
    """
    CREATE TABLE answer_{round} (
        team INTEGER NOT NULL,
        perspective TEXT NOT NULL,
        answers TEXT NOT NULL,
        key BIGINT NOT NULL,
        panel TEXT NOT NULL,
        PRIMARY KEY (team, perspective, answers, key)
    ) {clustered}
    """,
    """
    CREATE TABLE comment_{round} (
        key BIGINT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('item', 'reflection')),
        about TEXT NOT NULL,
        text TEXT NOT NULL
    ) {clustered}
    """,
)

OURS = {"schema_version", "round", "report"}


def migrate(dialect: Dialect, steps: Sequence[Step] = MIGRATIONS, *, create: bool = False) -> None:
    """Bring a store up to the schema of this version of the program, in one change.

    Raises
    ------
    ChecklistError
        ``store-newer``, ``store-foreign``; ``no-store``: nothing is in it, and ``create`` is off.
    """
    with dialect.reading() as connection:
        version = _version(dialect, connection)
    if version == 0 and not create:
        raise ChecklistError("no-store", file=dialect.place)
    if version > len(steps):
        raise ChecklistError("store-newer", file=dialect.place)
    if version == len(steps):
        return
    with dialect.writing(bulk=True) as connection:
        # Asked again now that nobody else can write: another process may have been first.
        for step in steps[_version(dialect, connection) :]:
            for statement in step:
                _do(dialect, connection, statement)
        connection.execute("UPDATE schema_version SET version = ?", (len(steps),))


def create_tables(dialect: Dialect, connection: Connection, tables: Step, number: int) -> None:
    """Make a round's own tables: ``COLLECTING`` or ``CLOSED``."""
    for statement in tables:
        connection.execute(statement.format(round=number, **dialect.words))


def _version(dialect: Dialect, connection: Connection) -> int:
    """Give how many steps a store has taken; none where nothing is in it."""
    tables = dialect.tables(connection)
    if not tables:
        return 0
    if not tables >= OURS:
        raise ChecklistError("store-foreign", file=dialect.place)
    return int(connection.execute("SELECT version FROM schema_version").fetchone()[0])


def _do(dialect: Dialect, connection: Connection, statement: str) -> None:
    for name, condition in (
        ("collecting", "closed_on IS NULL"),
        ("closed", "closed_on IS NOT NULL AND purged_on IS NULL"),
    ):
        if f"{{{name}}}" in statement:
            rounds = connection.execute(f"SELECT number FROM round WHERE {condition}").fetchall()
            for (number,) in rounds:
                connection.execute(statement.format(**{name: number}, **dialect.words))
            return
    connection.execute(statement.format(**dialect.words))
