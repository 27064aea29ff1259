-- The journal's statement without its middle step: counting locks a conversation as well as locking it did, in the same order. A third of
-- its cost goes. The time need not be read back: it is the transaction's.
CREATE OR REPLACE FUNCTION append_events(tenants uuid[], conversations uuid[], turns uuid[], fences int[], types text[], payloads jsonb[])
  RETURNS TABLE (entry int, conversation_id uuid, seq int, created_at timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH held AS (
    SELECT g.* FROM unnest(tenants, conversations, turns, fences, types, payloads) WITH ORDINALITY AS g (tenant_id, conversation_id, turn_id, fence, type, payload, entry)
      JOIN turns t ON t.tenant_id = g.tenant_id AND t.id = g.turn_id AND t.conversation_id = g.conversation_id AND t.fence = g.fence AND t.status = 'running'
      ORDER BY t.id FOR NO KEY UPDATE OF t
  ), counted AS (
    UPDATE conversations c SET last_seq = c.last_seq + 1 FROM (SELECT * FROM held ORDER BY conversation_id) h
      WHERE c.tenant_id = h.tenant_id AND c.id = h.conversation_id
      RETURNING h.entry, h.tenant_id, h.conversation_id, c.last_seq, h.type, h.turn_id, h.payload
  ), written AS (
    INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, turn_id, payload)
      SELECT tenant_id, conversation_id, last_seq, type, turn_id, payload FROM counted
  )
  SELECT n.entry::int, n.conversation_id, n.last_seq, now()::timestamptz(3) FROM counted n;
END $$;

-- Room for the next version of a row on its own page: it is counted many times a second, and then no index hears of it.
ALTER TABLE conversations SET (fillfactor = 50);
