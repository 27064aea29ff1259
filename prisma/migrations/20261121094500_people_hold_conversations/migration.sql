-- Which of these people have a session anywhere: whoever has none can't hold a conversation.
CREATE FUNCTION people_signed_in(wanted uuid[]) RETURNS TABLE (person_id uuid)
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path = public, pg_temp AS $$
  SELECT DISTINCT s.person_id FROM sessions s WHERE s.person_id = ANY (wanted) AND s.revoked_at IS NULL AND s.expires_at > now() $$;
REVOKE ALL ON FUNCTION people_signed_in (uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_signed_in (uuid[]) TO docent_app;
ALTER FUNCTION people_signed_in (uuid[]) OWNER TO docent_system;

-- A message is written once by whoever writes it; a visitor and an agent who choose the same name for theirs don't collide.
DROP INDEX messages_once;
CREATE UNIQUE INDEX messages_once ON conversation_events (tenant_id, conversation_id, (payload ->> 'role'), (payload ->> 'clientMessageId'))
  WHERE type = 'message' AND payload ->> 'clientMessageId' IS NOT NULL;

CREATE INDEX conversations_held ON conversations (tenant_id, assignee_id) WHERE assignee_id IS NOT NULL;
