-- Mail that came back: what was read already, and what it said about deliveries.

-- Each mail counts once, however often it is read. `hash` is SHA-256 in hex.
CREATE TABLE returned_mail (
    hash    TEXT    NOT NULL PRIMARY KEY,
    kind    TEXT    NOT NULL,
    read_at INTEGER NOT NULL
) STRICT;

-- One recipient of one report that belongs to a delivery of ours. It goes with the delivery.
CREATE TABLE bounce (
    id          INTEGER NOT NULL PRIMARY KEY,
    delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    action      TEXT    NOT NULL,
    status      TEXT,              -- RFC 3463, such as 5.1.1
    came_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX bounce_delivery ON bounce (delivery_id);
