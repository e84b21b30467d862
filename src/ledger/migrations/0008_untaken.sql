-- The index of what a run has in its hands changed with every mark: four of the seven changes of a b-tree that a message
-- cost. A recovery reads the whole table instead, once at the beginning of a sending.
DROP INDEX IF EXISTS delivery_taken;
