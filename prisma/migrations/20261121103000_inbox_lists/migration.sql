-- The lists of the inbox that hold few of many conversations.
DROP INDEX conversations_held;
CREATE INDEX conversations_with_people ON conversations (tenant_id, state, last_message_at DESC, id DESC) WHERE state <> 'bot';
CREATE INDEX conversations_snoozed ON conversations (tenant_id, snoozed_until) WHERE snoozed_until IS NOT NULL;
