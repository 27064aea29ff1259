-- The journal announces what it has written after the commit: PostgreSQL lets only one commit at a time pass that announces something,
-- and each waits for the disk.
CREATE OR REPLACE FUNCTION append_events(tenants uuid[], conversations uuid[], turns uuid[], fences int[], types text[], payloads jsonb[])
  RETURNS TABLE (entry int, conversation_id uuid, seq int, created_at timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH given AS (
    SELECT * FROM unnest(tenants, conversations, turns, fences, types, payloads) WITH ORDINALITY
      AS g (tenant_id, conversation_id, turn_id, fence, type, payload, entry)
  ), held AS (
    SELECT t.tenant_id, t.id, t.conversation_id, t.fence FROM turns t
      WHERE (t.tenant_id, t.id) IN (SELECT g.tenant_id, g.turn_id FROM given g) AND t.status = 'running'
      ORDER BY t.id FOR NO KEY UPDATE OF t
  ), accepted AS (
    SELECT g.* FROM given g JOIN held h
      ON h.tenant_id = g.tenant_id AND h.id = g.turn_id AND h.conversation_id = g.conversation_id AND h.fence = g.fence
  ), locked AS (
    SELECT c.tenant_id, c.id, c.last_seq FROM conversations c
      WHERE (c.tenant_id, c.id) IN (SELECT a.tenant_id, a.conversation_id FROM accepted a)
      ORDER BY c.id FOR NO KEY UPDATE OF c
  ), numbered AS (
    SELECT a.*, l.last_seq + row_number() OVER (PARTITION BY a.conversation_id ORDER BY a.entry) AS seq
      FROM accepted a JOIN locked l ON l.tenant_id = a.tenant_id AND l.id = a.conversation_id
  ), counted AS (
    UPDATE conversations c SET last_seq = n.last_seq
      FROM (SELECT tenant_id, conversation_id, max(seq)::int AS last_seq FROM numbered GROUP BY 1, 2) n
      WHERE c.tenant_id = n.tenant_id AND c.id = n.conversation_id
      RETURNING c.id
  ), written AS (
    INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, turn_id, payload)
      SELECT n.tenant_id, n.conversation_id, n.seq, n.type, n.turn_id, n.payload FROM numbered n
      RETURNING conversation_id, seq, created_at
  )
  SELECT n.entry::int, n.conversation_id, n.seq::int, w.created_at
    FROM numbered n JOIN written w ON w.conversation_id = n.conversation_id AND w.seq = n.seq
    WHERE (SELECT count(*) FROM counted) >= 0
    ORDER BY n.entry;
END $$;
