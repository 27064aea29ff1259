-- Words that were said are found by an index of their trigrams, tenant first. Under row level security no such index can be used: the
-- comparison is not leakproof, so the policy must be checked for each row before. Hence a function that asks for its own tenant's rows by
-- itself, sees no other's, and gives back nothing but ids. Both extensions come with PostgreSQL, and a database's owner may create them.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX conversation_events_said ON conversation_events USING gin (tenant_id, lower(payload ->> 'text') gin_trgm_ops)
  WHERE type IN ('message', 'answer.completed');

GRANT SELECT (tenant_id, type, payload) ON conversation_events TO docent_system;
CREATE FUNCTION conversations_that_say(needle text) RETURNS SETOF uuid
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path = public, pg_temp AS $$
  SELECT DISTINCT e.conversation_id FROM conversation_events e
    WHERE e.tenant_id = (SELECT current_setting('app.tenant_id')::uuid) AND e.type IN ('message', 'answer.completed')
      AND lower(e.payload ->> 'text') LIKE '%' || regexp_replace(lower(needle), '([\\%_])', '\\\1', 'g') || '%' $$;
REVOKE ALL ON FUNCTION conversations_that_say (text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION conversations_that_say (text) TO docent_app;
ALTER FUNCTION conversations_that_say (text) OWNER TO docent_system;
