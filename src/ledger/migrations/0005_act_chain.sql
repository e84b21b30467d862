-- Each act carries a hash over itself and the hash of the act before; '' is one that is not linked yet. Where the chain
-- ends stands in meta as `act_head`: the number of the last act, a space, its hash.
ALTER TABLE act ADD COLUMN hash TEXT NOT NULL DEFAULT '';
