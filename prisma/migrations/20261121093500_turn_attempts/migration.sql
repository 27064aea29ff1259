-- Each time that a process answered a turn, and how that ended. A turn that is taken over has several; at most one of them was settled,
-- which is the one that was charged.
CREATE TABLE turn_attempts (
  tenant_id uuid NOT NULL,
  turn_id uuid NOT NULL,
  -- Of the lease under which this attempt wrote.
  fence int NOT NULL,
  -- `abandoned`: its process was gone, or did not renew its lease in time.
  outcome text NOT NULL CHECK (outcome IN ('settled', 'failed', 'abandoned')),
  -- The model that was asked, `none` where the sources' own sentences answered; null where nobody is left to say.
  model text,
  ended_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, turn_id, fence),
  FOREIGN KEY (tenant_id, turn_id) REFERENCES turns (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX settled_once ON turn_attempts (tenant_id, turn_id) WHERE outcome = 'settled';

ALTER TABLE turn_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE turn_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON turn_attempts TO docent_app USING (tenant_id = (SELECT current_setting('app.tenant_id')::uuid))
  WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::uuid));
CREATE POLICY cross_tenant ON turn_attempts TO docent_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON turn_attempts TO docent_app;
GRANT INSERT ON turn_attempts TO docent_system;

-- Taking over also writes down that the earlier attempt came to nothing.
CREATE OR REPLACE FUNCTION claim_abandoned_turns(new_owner text, lease interval, most int)
  RETURNS TABLE (tenant_id uuid, id uuid, conversation_id uuid, question text, fence int, attempts int)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH claimed AS (
    UPDATE turns t SET lease_owner = new_owner, lease_until = now() + lease, fence = t.fence + 1, attempts = t.attempts + 1
      FROM (SELECT r.tenant_id, r.id FROM turns r WHERE r.status = 'running' AND r.lease_until < now() ORDER BY r.id LIMIT most FOR UPDATE SKIP LOCKED) free
      WHERE t.tenant_id = free.tenant_id AND t.id = free.id
      RETURNING t.tenant_id, t.id, t.conversation_id, t.question, t.fence, t.attempts
  ), abandoned AS (
    INSERT INTO turn_attempts (tenant_id, turn_id, fence, outcome) SELECT c.tenant_id, c.id, c.fence - 1, 'abandoned' FROM claimed c
  )
  SELECT c.tenant_id, c.id, c.conversation_id, c.question, c.fence, c.attempts FROM claimed c $$;
