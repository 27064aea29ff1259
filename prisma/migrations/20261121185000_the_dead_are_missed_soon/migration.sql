-- Two things say that an owner is gone: its lock is free (its connection has ended), and it has not renewed for a second and a half (it renews
-- twice a second). Both together are enough, long before the lease runs out: waiting for that as well made a visitor wait for more than five
-- seconds where both cores were taken. A process that is only slow keeps its lock, and so its answers, until ten seconds after its lease; one
-- that was cut off from the database has its lock back before the second and a half are over. Whoever is wrong about it is stopped by the fence.
CREATE OR REPLACE FUNCTION claim_abandoned_turns(new_owner text, lease interval, most int)
  RETURNS TABLE (tenant_id uuid, id uuid, conversation_id uuid, question text, fence int, attempts int)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH claimed AS (
    UPDATE turns t SET lease_owner = new_owner, lease_until = now() + lease, fence = t.fence + 1, attempts = t.attempts + 1
      FROM (
        SELECT r.tenant_id, r.id FROM turns r
          WHERE r.status = 'running' AND r.lease_until < now() + lease - interval '1.5 seconds'
            AND (r.lease_until < now() - interval '10 seconds' OR (r.lease_owner <> new_owner AND pg_try_advisory_xact_lock(hashtextextended(r.lease_owner, 0))))
          ORDER BY r.id LIMIT most FOR UPDATE SKIP LOCKED
      ) free
      WHERE t.tenant_id = free.tenant_id AND t.id = free.id
      RETURNING t.tenant_id, t.id, t.conversation_id, t.question, t.fence, t.attempts
  ), abandoned AS (
    INSERT INTO turn_attempts (tenant_id, turn_id, fence, outcome) SELECT c.tenant_id, c.id, c.fence - 1, 'abandoned' FROM claimed c
  )
  SELECT c.tenant_id, c.id, c.conversation_id, c.question, c.fence, c.attempts FROM claimed c $$;
