-- Corrections: mailings of a day beside the editions of its broadcast. The key of `edition` must tell them apart, and
-- SQLite changes the key of a table only by making it anew; foreign keys are off meanwhile.
CREATE TABLE edition_with_corrections (
    id             INTEGER NOT NULL PRIMARY KEY,
    week           TEXT    NOT NULL,
    broadcast_date TEXT    NOT NULL, -- a wall date: no clock that is set back can send it again
    correction     INTEGER NOT NULL DEFAULT 0 CHECK (correction >= 0), -- 0: the broadcast; else the number of the correction
    edition        INTEGER NOT NULL CHECK (edition >= 1), -- of a correction: the edition that it corrects
    theme          TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    digest         TEXT    NOT NULL,
    parts          TEXT    NOT NULL, -- JSON: [{"name": …, "hash": …}]
    begun_at       INTEGER NOT NULL,
    due_at         INTEGER NOT NULL,
    purged_at      INTEGER,          -- when its recipients were erased; NULL while they stand in `delivery`
    source_file    TEXT,             -- of a correction: the officer's file, so that the report can make a copy again
    UNIQUE (week, broadcast_date, correction, edition)
) STRICT;

INSERT INTO edition_with_corrections
        (id, week, broadcast_date, edition, theme, subject, digest, parts, begun_at, due_at, purged_at)
    SELECT id, week, broadcast_date, edition, theme, subject, digest, parts, begun_at, due_at, purged_at FROM edition;

DROP TABLE edition;
ALTER TABLE edition_with_corrections RENAME TO edition;

-- The Message-ID of the copy that a correction answers: fixed when it begins, so that every attempt sends the same bytes,
-- whatever becomes of the original's row.
ALTER TABLE delivery ADD COLUMN in_reply_to TEXT;
