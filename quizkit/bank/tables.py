"""The tables of the compiled index."""

TABLES = """
CREATE TABLE made (
    maker TEXT NOT NULL,
    glance BLOB NOT NULL,      -- see glance.py; empty where only a careful look can tell
    token TEXT NOT NULL        -- another one whenever an id may have been lost from questions without a trace in gone
);

-- every id that was in questions since the token was made and is no longer
CREATE TABLE gone (id TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    folder INTEGER NOT NULL,   -- position of the bank folder
    topic TEXT NOT NULL,
    state TEXT NOT NULL,       -- what the path is: see freshness.py
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    doubtful INTEGER NOT NULL, -- changed so shortly before it was read that size and time may hide a later change
    digest BLOB NOT NULL
);
CREATE INDEX files_in_order ON files (folder, topic, path);

-- small rows, apart from their texts: filters and orders read all of them
CREATE TABLE questions (
    file INTEGER NOT NULL,
    position INTEGER NOT NULL, -- in the file
    id TEXT NOT NULL,
    line INTEGER NOT NULL,
    title TEXT NOT NULL,       -- first line of the question
    difficulty TEXT NOT NULL,
    minutes REAL,
    markable INTEGER NOT NULL,
    hidden INTEGER NOT NULL,   -- an earlier question has the same id
    body INTEGER NOT NULL,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;

CREATE TABLE bodies (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL,      -- packed: see record.py
    folded TEXT NOT NULL       -- for searching
);

CREATE TABLE labels (
    file INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,        -- tag, company or lab
    folded TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (file, position, kind, folded)
) WITHOUT ROWID;

CREATE TABLE mentions (
    file INTEGER NOT NULL,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    question_id TEXT NOT NULL,
    PRIMARY KEY (file, line, column, role, name)
) WITHOUT ROWID;

CREATE TABLE problems (
    file INTEGER NOT NULL,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    message TEXT NOT NULL,
    name TEXT                  -- for a problem between files, the name that it is about; '' for a circle of after
);
"""

# sorted once after a first indexing, which is faster than keeping them sorted row by row
SORTED = """
CREATE INDEX IF NOT EXISTS questions_by_id ON questions (id, hidden);
CREATE INDEX IF NOT EXISTS mentions_by_name ON mentions (role, name);
CREATE INDEX IF NOT EXISTS steps ON mentions (question_id, line, column, name) WHERE role = 'after';
CREATE INDEX IF NOT EXISTS problems_by_file ON problems (file);
CREATE INDEX IF NOT EXISTS problems_by_name ON problems (name);
"""
