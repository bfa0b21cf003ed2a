"""The steps that bring a review log of an older quizkit up to date, in order.

A step is never changed once released; its number is the `user_version` of a file that has had it.
"""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE event (
        uid        TEXT PRIMARY KEY,
        tick       INTEGER NOT NULL,  -- orders the log even when a clock was set back; never decreases
        kind       TEXT NOT NULL,
        card       TEXT NOT NULL,
        at_ms      INTEGER NOT NULL,
        offset_min INTEGER NOT NULL,
        sitting    TEXT NOT NULL,
        mode       TEXT NOT NULL,
        grade      INTEGER,
        taken_ms   INTEGER,
        undoes     TEXT,
        detail     TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX event_card ON event (card, tick);
    CREATE INDEX event_tick ON event (tick, uid);
    CREATE INDEX event_undo ON event (undoes) WHERE undoes IS NOT NULL;
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN
        SELECT raise(ABORT, 'the review log is append-only');
    END;
    CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN
        SELECT raise(ABORT, 'the review log is append-only');
    END;

    -- everything below can be rebuilt from the log
    CREATE TABLE state (
        card        TEXT PRIMARY KEY,
        phase       TEXT NOT NULL,
        step        INTEGER,
        stability   REAL,
        difficulty  REAL,
        due_day     INTEGER,
        due_ms      INTEGER,
        first_day   INTEGER,
        last_day    INTEGER,
        reviews     INTEGER NOT NULL,
        lapses      INTEGER NOT NULL,
        suspended   INTEGER NOT NULL,
        skipped_day INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX state_due_day ON state (due_day, suspended, skipped_day) WHERE due_day IS NOT NULL;
    CREATE INDEX state_due_ms ON state (due_ms, suspended, skipped_day) WHERE due_ms IS NOT NULL;
    CREATE INDEX state_first_day ON state (first_day);
    CREATE TABLE alias (old TEXT PRIMARY KEY, card TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE derived (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    -- from here on the log tells of attempts at coding challenges, which an older quizkit cannot read
    """,
    """
    -- from here on it tells of interviews, too
    CREATE INDEX event_interview ON event (sitting, tick) WHERE mode = 'interview';

    -- the second hand of an interview that is under way: what has not become an event yet
    CREATE TABLE pulse (
        sitting TEXT PRIMARY KEY,
        at_ms   INTEGER NOT NULL,  -- wall clock of the last beat
        used_ms INTEGER NOT NULL,  -- on the present question
        draft   TEXT NOT NULL      -- typed, not yet said
    ) WITHOUT ROWID;
    """,
    """
    -- from here on it tells of cards whose text changed: kept or begun afresh
    """,
    """
    -- true retention and what was done each day, counted as answers come: a year's figures read no log
    ALTER TABLE state ADD COLUMN young_reviews   INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE state ADD COLUMN young_recalled  INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE state ADD COLUMN mature_reviews  INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE state ADD COLUMN mature_recalled INTEGER NOT NULL DEFAULT 0;
    DELETE FROM derived WHERE name = 'model'; -- the next opening replays the log

    -- reviews that stand, by the study day they had where they were given
    CREATE TABLE studied (day INTEGER PRIMARY KEY, reviews INTEGER NOT NULL, taken_ms INTEGER NOT NULL);
    INSERT INTO studied
        SELECT (at_ms / 1000 + offset_min * 60 - 14400) / 86400, count(*), sum(coalesce(taken_ms, 0)) FROM event
        WHERE kind = 'review' AND uid NOT IN (SELECT undoes FROM event WHERE undoes IS NOT NULL) GROUP BY 1;
    CREATE TRIGGER a_review_is_counted AFTER INSERT ON event
    WHEN new.kind = 'review' AND NOT EXISTS (SELECT 1 FROM event WHERE undoes = new.uid) BEGIN
        INSERT OR IGNORE INTO studied VALUES ((new.at_ms / 1000 + new.offset_min * 60 - 14400) / 86400, 0, 0);
        UPDATE studied SET reviews = reviews + 1, taken_ms = taken_ms + coalesce(new.taken_ms, 0)
            WHERE day = (new.at_ms / 1000 + new.offset_min * 60 - 14400) / 86400;
    END;
    CREATE TRIGGER an_undone_review_is_not_counted AFTER INSERT ON event
    WHEN new.undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE undoes = new.undoes AND uid != new.uid) BEGIN
        UPDATE studied SET reviews = reviews - 1,
            taken_ms = taken_ms - (SELECT coalesce(event.taken_ms, 0) FROM event WHERE uid = new.undoes)
            WHERE day = (SELECT (at_ms / 1000 + offset_min * 60 - 14400) / 86400 FROM event
                WHERE uid = new.undoes AND kind = 'review');
    END;
    """,
)
