"""The journal's schema, as the steps that lead to it; a released step stays as it is.

``PRAGMA user_version`` says how many of them a file has taken.
"""

FIRST = (
    """
    CREATE TABLE questionnaire (
        fingerprint TEXT PRIMARY KEY,
        toml TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE draft (
        id INTEGER PRIMARY KEY,
        questionnaire_id TEXT NOT NULL,
        perspective TEXT NOT NULL,
        fingerprint TEXT NOT NULL REFERENCES questionnaire,
        started_at TEXT NOT NULL,
        UNIQUE (questionnaire_id, perspective)
    )
    """,
    """
    CREATE TABLE draft_entry (
        draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('answer', 'comment', 'reflection')),
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (draft, kind, key)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE result (
        id INTEGER PRIMARY KEY,
        questionnaire_id TEXT NOT NULL,
        perspective TEXT NOT NULL,
        fingerprint TEXT NOT NULL REFERENCES questionnaire,
        finished_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE result_entry (
        result INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('answer', 'comment', 'reflection')),
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (result, kind, key)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE commitment (
        id INTEGER PRIMARY KEY,
        result INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
        item TEXT NOT NULL,
        title TEXT NOT NULL,
        step TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'done', 'again', 'dropped')),
        taken_at TEXT NOT NULL,
        asked_at TEXT
    )
    """,
)

ROUNDS = (
    """
    CREATE TABLE draft_of (
        id INTEGER PRIMARY KEY,
        questionnaire_id TEXT NOT NULL,
        perspective TEXT NOT NULL,
        round TEXT NOT NULL,
        fingerprint TEXT NOT NULL REFERENCES questionnaire,
        started_at TEXT NOT NULL,
        UNIQUE (questionnaire_id, perspective, round)
    )
    """,
    """
    INSERT INTO draft_of
    SELECT id, questionnaire_id, perspective, '', fingerprint, started_at FROM draft
    """,
    "DROP TABLE draft",
    "ALTER TABLE draft_of RENAME TO draft",
    """
    CREATE TABLE participation (
        round TEXT NOT NULL,
        perspective TEXT NOT NULL,
        id TEXT NOT NULL,
        rev INTEGER NOT NULL,
        team TEXT NOT NULL,
        PRIMARY KEY (round, perspective)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE secret (value TEXT NOT NULL)",
)

MIGRATIONS = (FIRST, ROUNDS)
