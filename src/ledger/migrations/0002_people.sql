-- Opt-outs from single lists and with their source; what is kept of recipients who were purged.

-- `list` is '' where somebody opted out of everything. NULL would not be unique. `source` is a person's name, or
-- 'bounce', 'unsubscribe mail', 'forgotten'.
CREATE TABLE opt_out (
    address_key TEXT    NOT NULL,
    list        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    since       INTEGER NOT NULL,
    PRIMARY KEY (address_key, list)
) STRICT;

INSERT INTO opt_out (address_key, list, reason, source, since)
    SELECT address_key, '', reason, '', since FROM suppression;

DROP TABLE suppression;
ALTER TABLE opt_out RENAME TO suppression;

-- When the recipients of an edition were erased; NULL while they stand in `delivery`.
ALTER TABLE edition ADD COLUMN purged_at INTEGER;

-- How many of them stood where.
CREATE TABLE purged (
    edition_id INTEGER NOT NULL REFERENCES edition (id),
    state      TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    bounced    INTEGER NOT NULL,
    PRIMARY KEY (edition_id, state)
) STRICT;
