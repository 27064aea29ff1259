-- Where an answer of a person became a source: in which conversation and by whom ({conversationId, by: {id, name}}), and whether somebody
-- who answers for the knowledge has yet to look at it. The name is kept with it, as with notes: it stays when they leave.
ALTER TABLE sources ADD COLUMN saved_from JSONB, ADD COLUMN needs_review BOOLEAN NOT NULL DEFAULT false;
