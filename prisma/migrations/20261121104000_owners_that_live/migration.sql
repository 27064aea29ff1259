-- A process that is merely slow keeps its answers: a lease that has run out is taken over at once only where its owner's lock can be had,
-- which means that the owner's connection is gone; otherwise after ten seconds more. Without this, a loaded machine takes answers from
-- processes that would have finished them, and so loads itself further.
CREATE OR REPLACE FUNCTION claim_abandoned_turns(new_owner text, lease interval, most int)
  RETURNS TABLE (tenant_id uuid, id uuid, conversation_id uuid, question text, fence int, attempts int)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH claimed AS (
    UPDATE turns t SET lease_owner = new_owner, lease_until = now() + lease, fence = t.fence + 1, attempts = t.attempts + 1
      FROM (
        SELECT r.tenant_id, r.id FROM turns r
          WHERE r.status = 'running' AND r.lease_until < now()
            AND (r.lease_until < now() - interval '10 seconds' OR pg_try_advisory_xact_lock(hashtextextended(r.lease_owner, 0)))
          ORDER BY r.id LIMIT most FOR UPDATE SKIP LOCKED
      ) free
      WHERE t.tenant_id = free.tenant_id AND t.id = free.id
      RETURNING t.tenant_id, t.id, t.conversation_id, t.question, t.fence, t.attempts
  ), abandoned AS (
    INSERT INTO turn_attempts (tenant_id, turn_id, fence, outcome) SELECT c.tenant_id, c.id, c.fence - 1, 'abandoned' FROM claimed c
  )
  SELECT c.tenant_id, c.id, c.conversation_id, c.question, c.fence, c.attempts FROM claimed c $$;
