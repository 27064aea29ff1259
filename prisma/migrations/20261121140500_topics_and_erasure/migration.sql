-- What a conversation is about: set by a member, or drawn from the sources that its answers cite.
ALTER TABLE conversations ADD COLUMN topic_by_member BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX conversations_topic ON conversations (tenant_id, topic) WHERE topic IS NOT NULL;

-- A log only grows, with one exception: who asks to be forgotten, and whose transcripts stay without them, is taken out of their words.
GRANT UPDATE (payload) ON conversation_events TO docent_app;
