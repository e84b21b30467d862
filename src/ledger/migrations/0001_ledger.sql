-- The first format of the ledger. Times are milliseconds since 1970-01-01 UTC. Never edit a migration that was
-- released; add the next number.

-- Facts about the ledger itself. `secret`: 32 octets in hex, the key of Message-IDs.
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- One sending of one day's broadcast to an audience that is frozen here.
CREATE TABLE edition (
    id             INTEGER NOT NULL PRIMARY KEY,
    week           TEXT    NOT NULL,
    broadcast_date TEXT    NOT NULL, -- a wall date: no clock that is set back can send it again
    edition        INTEGER NOT NULL CHECK (edition >= 1),
    theme          TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    digest         TEXT    NOT NULL,
    parts          TEXT    NOT NULL, -- JSON: [{"name": …, "hash": …}]
    begun_at       INTEGER NOT NULL,
    due_at         INTEGER NOT NULL,
    UNIQUE (week, broadcast_date, edition)
) STRICT;

-- Names that many deliveries share; a number in the row instead of 64 characters saves 60 MB a million.
CREATE TABLE run (
    id   INTEGER NOT NULL PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE content (
    id     INTEGER NOT NULL PRIMARY KEY,
    digest TEXT    NOT NULL UNIQUE
) STRICT;

-- One recipient of one edition; ids ascend in the order of the list.
CREATE TABLE delivery (
    id           INTEGER NOT NULL PRIMARY KEY,
    edition_id   INTEGER NOT NULL REFERENCES edition (id),
    address_key  TEXT    NOT NULL,
    address      TEXT,              -- as sent, where it differs from the key
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    run_id       INTEGER REFERENCES run (id), -- the run that took it last
    content_id   INTEGER REFERENCES content (id), -- what message_id and message_date were made for
    message_id   TEXT,
    message_date INTEGER,
    reply_code   INTEGER,
    reply_text   TEXT,
    note         TEXT,
    next_at      INTEGER,
    handed_at    INTEGER,           -- when it passed the gate, unless the server is known not to have taken it
    bounced_at   INTEGER,
    changed_at   INTEGER NOT NULL,
    -- OR and not IN: SQLite builds a table for each IN of a CHECK or an index at every statement, which took three
    -- fifths of the time of a run.
    CHECK (state = 'accepted' OR state = 'pending' OR state = 'claimed' OR state = 'sending' OR state = 'deferred' OR
           state = 'refused' OR state = 'in_doubt' OR state = 'suppressed' OR state = 'skipped' OR state = 'expired'),
    CHECK ((state = 'deferred') = (next_at IS NOT NULL)),
    UNIQUE (edition_id, address_key)
) STRICT;

-- The list in its order, page by page.
CREATE INDEX delivery_edition ON delivery (edition_id);

-- What a claim looks for; both shrink as a broadcast goes out.
CREATE INDEX delivery_pending ON delivery (edition_id) WHERE state = 'pending';
CREATE INDEX delivery_deferred ON delivery (edition_id, next_at) WHERE state = 'deferred';

-- What a recovery looks for; never larger than what a run holds at once.
CREATE INDEX delivery_taken ON delivery (run_id) WHERE state = 'claimed' OR state = 'sending';

CREATE TABLE suppression (
    address_key TEXT    NOT NULL PRIMARY KEY,
    reason      TEXT    NOT NULL,
    since       INTEGER NOT NULL
) STRICT;

-- What people and runs did, without addresses.
CREATE TABLE act (
    id             INTEGER NOT NULL PRIMARY KEY,
    at             INTEGER NOT NULL,
    week           TEXT,
    broadcast_date TEXT,
    kind           TEXT    NOT NULL,
    detail         TEXT    NOT NULL
) STRICT;

CREATE INDEX act_week ON act (week, at);
