-- The journal's statement at half its cost: each row is found once, and one conversation gets one event at a time, so nothing is numbered
-- among itself. Turns are locked in the order of their ids, then conversations in the order of theirs, as everywhere. `last_seq` is counted
-- on the newest version of the row, whatever was committed while its lock was waited for. A second entry of a conversation is refused.
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
  ), locked AS (
    SELECT h.* FROM held h JOIN conversations c ON c.tenant_id = h.tenant_id AND c.id = h.conversation_id ORDER BY c.id FOR NO KEY UPDATE OF c
  ), counted AS (
    UPDATE conversations c SET last_seq = c.last_seq + 1 FROM locked l WHERE c.tenant_id = l.tenant_id AND c.id = l.conversation_id
      RETURNING l.entry, l.tenant_id, l.conversation_id, c.last_seq, l.type, l.turn_id, l.payload
  ), written AS (
    INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, turn_id, payload)
      SELECT tenant_id, conversation_id, last_seq, type, turn_id, payload FROM counted
      RETURNING conversation_id, created_at
  )
  SELECT n.entry::int, n.conversation_id, n.last_seq, w.created_at FROM counted n JOIN written w ON w.conversation_id = n.conversation_id;
END $$;
