-- Readers of many tenants look together whether something was stored of which they were not told.
CREATE FUNCTION conversations_grown(tenants uuid[], ids uuid[], seqs int[]) RETURNS TABLE (id uuid, last_seq int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, c.last_seq FROM unnest(tenants, ids, seqs) AS known (tenant_id, id, seq)
    JOIN conversations c ON c.tenant_id = known.tenant_id AND c.id = known.id
    WHERE c.last_seq > known.seq $$;
REVOKE ALL ON FUNCTION conversations_grown (uuid[], uuid[], int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION conversations_grown (uuid[], uuid[], int[]) TO docent_app;
ALTER FUNCTION conversations_grown (uuid[], uuid[], int[]) OWNER TO docent_system;
