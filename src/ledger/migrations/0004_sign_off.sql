-- Who has signed off which content of which day, and for whom.
CREATE TABLE sign_off (
    id             INTEGER NOT NULL PRIMARY KEY,
    week           TEXT    NOT NULL,
    broadcast_date TEXT    NOT NULL,
    name           TEXT    NOT NULL, -- the person's, as they gave it
    at             INTEGER NOT NULL,
    digest         TEXT    NOT NULL,
    parts          TEXT    NOT NULL  -- JSON: [{"name": …, "hash": …}]
) STRICT;

CREATE INDEX sign_off_by_week ON sign_off (week, broadcast_date);

-- The lists as they were expanded then, so that it can be said who joined and who left.
CREATE TABLE sign_off_audience (
    sign_off_id INTEGER NOT NULL REFERENCES sign_off (id) ON DELETE CASCADE,
    address_key TEXT    NOT NULL,
    PRIMARY KEY (sign_off_id, address_key)
) STRICT, WITHOUT ROWID;
