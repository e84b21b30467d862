-- Messages beside the broadcasts that passed the gate: proofs and notices. The server counts them against its daily limit,
-- so we do. Whom they went to is not kept, and rows of long ago are deleted when the next is written.
CREATE TABLE handed_beside (
    id     INTEGER NOT NULL PRIMARY KEY,
    at     INTEGER NOT NULL, -- when they passed it
    number INTEGER NOT NULL CHECK (number >= 0)
) STRICT;
