-- Renewing locks turns in order of id, as the journal does. In any other order the two can lock each other out: the database ends one of
-- them, and with the journal's statement every answer that had a piece in it.
CREATE OR REPLACE FUNCTION renew_leases(owner text, held uuid[], lease interval) RETURNS TABLE (id uuid, stop_requested boolean)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE turns t SET lease_until = now() + lease
    FROM (
      SELECT r.tenant_id, r.id FROM turns r
        WHERE r.id = ANY (held) AND r.lease_owner = owner AND r.status = 'running'
        ORDER BY r.id FOR NO KEY UPDATE OF r
    ) mine
    WHERE t.tenant_id = mine.tenant_id AND t.id = mine.id
    RETURNING t.id, t.stop_requested $$;
