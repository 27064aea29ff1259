-- Of a conversation that is not there any more: no number. Its readers hear that it is gone, however it went.
CREATE OR REPLACE FUNCTION conversations_grown(tenants uuid[], ids uuid[], seqs int[]) RETURNS TABLE (id uuid, last_seq int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT known.id, c.last_seq FROM unnest(tenants, ids, seqs) AS known (tenant_id, id, seq)
    LEFT JOIN conversations c ON c.tenant_id = known.tenant_id AND c.id = known.id
    WHERE c.id IS NULL OR c.last_seq > known.seq $$;
