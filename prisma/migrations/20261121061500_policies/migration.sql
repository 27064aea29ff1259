-- Who may see which row. Roles are made before the migrations run (libs/platform/src/prepare-roles.ts):
--   docent_app     the application; owns nothing
--   docent_system  owns the functions below; can't sign in
--   docent_jobs    owns the job queue; may not touch a table here

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO docent_app, docent_system, docent_jobs;

-- 1. Tenant rows: visible and writable only for the tenant that the transaction has named.
--    A missing setting fails closed: ''::uuid raises. The sub-select is evaluated once per statement.
DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['tenants', 'memberships', 'invitations', 'api_keys', 'model_settings', 'bots', 'sources', 'source_snapshots',
    'chunks', 'conversations', 'conversation_events', 'turns', 'usage_periods', 'reservations']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO docent_app USING (tenant_id = (SELECT current_setting(''app.tenant_id'')::uuid)) '
                   'WITH CHECK (tenant_id = (SELECT current_setting(''app.tenant_id'')::uuid))', tenant_table);
  END LOOP;
END $$;

GRANT SELECT, UPDATE ON tenants TO docent_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON memberships, invitations, api_keys, model_settings, bots, sources, conversations, turns, usage_periods TO docent_app;
GRANT SELECT, INSERT, UPDATE ON reservations TO docent_app;
-- Snapshots, passages and the log are never changed, only written and removed as a whole.
GRANT SELECT, INSERT, DELETE ON source_snapshots, chunks TO docent_app;
GRANT SELECT, INSERT ON conversation_events TO docent_app;

-- 2. People belong to no tenant. A workspace sees name and address of its members, never a password hash.
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
ALTER TABLE people FORCE ROW LEVEL SECURITY;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY fellow_members ON people FOR SELECT TO docent_app
  USING (EXISTS (SELECT FROM memberships m WHERE m.tenant_id = (SELECT current_setting('app.tenant_id')::uuid) AND m.person_id = people.id));
GRANT SELECT (id, email, name) ON people TO docent_app;

-- 3. What has to look across tenants: the functions below and nothing else. docent_system sees these tables through policies of its own.
DO $$
DECLARE crossed text;
BEGIN
  FOREACH crossed IN ARRAY ARRAY['people', 'sessions', 'tenants', 'memberships', 'invitations', 'api_keys', 'bots', 'conversations', 'conversation_events', 'turns']
  LOOP
    EXECUTE format('CREATE POLICY cross_tenant ON %I TO docent_system USING (true) WITH CHECK (true)', crossed);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON people, sessions TO docent_system;
GRANT SELECT, INSERT ON tenants, memberships TO docent_system;
GRANT SELECT, DELETE ON invitations TO docent_system;
GRANT SELECT, UPDATE (last_used_at) ON api_keys TO docent_system;
GRANT SELECT ON bots TO docent_system;
GRANT SELECT, UPDATE (last_seq, last_message_at) ON conversations TO docent_system;
GRANT SELECT (conversation_id, seq, created_at), INSERT ON conversation_events TO docent_system;
GRANT SELECT, UPDATE (fence, lease_owner, lease_until, attempts) ON turns TO docent_system;

-- Sign-in by e-mail address.
CREATE FUNCTION account_by_email(wanted text) RETURNS TABLE (id uuid, email text, name text, password_hash text)
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path = public, pg_temp
  AS $$ SELECT p.id, p.email, p.name, p.password_hash FROM people p WHERE p.email = wanted $$;

CREATE FUNCTION account_by_id(wanted uuid) RETURNS TABLE (id uuid, email text, name text, password_hash text)
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path = public, pg_temp
  AS $$ SELECT p.id, p.email, p.name, p.password_hash FROM people p WHERE p.id = wanted $$;

-- A workspace with its first owner.
CREATE FUNCTION create_workspace(owner uuid, workspace_name text, plan text) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_tenant uuid;
BEGIN
  INSERT INTO tenants (name, plan_id) VALUES (workspace_name, plan) RETURNING tenant_id INTO new_tenant;
  INSERT INTO memberships (tenant_id, person_id, role) VALUES (new_tenant, owner, 'owner');
  RETURN new_tenant;
END $$;

-- Null where the address is taken.
CREATE FUNCTION create_account(new_email text, new_name text, hash text) RETURNS uuid
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ INSERT INTO people (email, name, password_hash) VALUES (new_email, new_name, hash) ON CONFLICT (email) DO NOTHING RETURNING id $$;

CREATE FUNCTION set_password(person uuid, hash text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ UPDATE people SET password_hash = hash WHERE id = person $$;

CREATE FUNCTION workspaces_of(person uuid) RETURNS TABLE (tenant_id uuid, name text, role text)
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path = public, pg_temp
  AS $$ SELECT t.tenant_id, t.name, m.role FROM memberships m JOIN tenants t USING (tenant_id) WHERE m.person_id = person ORDER BY m.created_at $$;

CREATE FUNCTION open_session(person uuid, hash bytea, expires timestamptz) RETURNS uuid
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ INSERT INTO sessions (person_id, token_hash, expires_at) VALUES (person, hash, expires) RETURNING id $$;

-- Rotation with reuse detection (RFC 9700, 4.14.2). Within ten seconds the previous token may come once more: two tabs refresh at once.
CREATE FUNCTION rotate_session(presented bytea, successor bytea) RETURNS TABLE (outcome text, session_id uuid, person_id uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE found sessions;
BEGIN
  SELECT * INTO found FROM sessions s WHERE s.token_hash = presented OR s.previous_hash = presented FOR UPDATE;
  IF found.id IS NULL OR found.revoked_at IS NOT NULL OR found.expires_at < now() THEN
    RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::uuid;
  ELSIF found.token_hash = presented THEN
    UPDATE sessions SET previous_hash = presented, token_hash = successor, rotated_at = now() WHERE id = found.id;
    RETURN QUERY SELECT 'rotated', found.id, found.person_id;
  ELSIF found.rotated_at > now() - interval '10 seconds' THEN
    RETURN QUERY SELECT 'repeated', found.id, found.person_id;
  ELSE
    UPDATE sessions SET revoked_at = now() WHERE id = found.id;
    RETURN QUERY SELECT 'reused', NULL::uuid, NULL::uuid;
  END IF;
END $$;

CREATE FUNCTION session_is_alive(session uuid) RETURNS boolean
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path = public, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM sessions WHERE id = session AND revoked_at IS NULL AND expires_at > now()) $$;

CREATE FUNCTION revoke_sessions_except(person uuid, kept uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ UPDATE sessions SET revoked_at = now() WHERE person_id = person AND id IS DISTINCT FROM kept AND revoked_at IS NULL $$;

-- The workspace that the invitation is for, or null. One invitation works once, for the address it was made for.
CREATE FUNCTION accept_invitation(hash bytea, person uuid) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE invited invitations;
BEGIN
  DELETE FROM invitations i USING people p
    WHERE i.token_hash = hash AND i.expires_at > now() AND p.id = person AND p.email = i.email RETURNING i.* INTO invited;
  IF invited.id IS NULL THEN RETURN NULL; END IF;
  INSERT INTO memberships (tenant_id, person_id, role) VALUES (invited.tenant_id, person, invited.role) ON CONFLICT (tenant_id, person_id) DO NOTHING;
  RETURN invited.tenant_id;
END $$;

-- An API key by the hash of its secret; notes the use at most once a minute.
CREATE FUNCTION api_key_by_hash(hash bytea) RETURNS TABLE (tenant_id uuid, id uuid, scopes text[])
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE api_keys k SET last_used_at = now() WHERE k.secret_hash = hash AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute');
  RETURN QUERY SELECT k.tenant_id, k.id, k.scopes FROM api_keys k WHERE k.secret_hash = hash;
END $$;

-- The workspace of a public bot id, for visitors.
CREATE FUNCTION tenant_of_bot(bot uuid) RETURNS uuid
  LANGUAGE sql SECURITY DEFINER STABLE SET search_path = public, pg_temp
  AS $$ SELECT tenant_id FROM bots WHERE id = bot $$;

-- The journal: events of all running turns in one statement. Entries of a turn whose fence has moved on are left out, which
-- tells the writer that it lost the turn. Locks turns, then conversations, each in order of id, so that writers can't deadlock.
CREATE FUNCTION append_events(tenants uuid[], conversations uuid[], turns uuid[], fences int[], types text[], payloads jsonb[])
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
      RETURNING pg_notify('conversation', c.id || ' ' || n.last_seq)
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

-- Turns whose process is gone: the next one takes them over with a new fence.
CREATE FUNCTION claim_abandoned_turns(new_owner text, lease interval, most int)
  RETURNS TABLE (tenant_id uuid, id uuid, conversation_id uuid, question text, fence int, attempts int)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE turns t SET lease_owner = new_owner, lease_until = now() + lease, fence = t.fence + 1, attempts = t.attempts + 1
    FROM (SELECT tenant_id, id FROM turns WHERE status = 'running' AND lease_until < now() ORDER BY id LIMIT most FOR UPDATE SKIP LOCKED) free
    WHERE t.tenant_id = free.tenant_id AND t.id = free.id
    RETURNING t.tenant_id, t.id, t.conversation_id, t.question, t.fence, t.attempts $$;

CREATE INDEX turns_running ON turns (lease_until) WHERE status = 'running';

-- Answers the turns that this process still holds and that somebody wants stopped.
CREATE FUNCTION renew_leases(owner text, held uuid[], lease interval) RETURNS TABLE (id uuid, stop_requested boolean)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE turns t SET lease_until = now() + lease WHERE t.id = ANY (held) AND t.lease_owner = owner AND t.status = 'running' RETURNING t.id, t.stop_requested $$;

DO $$
DECLARE crossing regprocedure;
BEGIN
  FOR crossing IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', crossing);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO docent_app', crossing);
    EXECUTE format('ALTER FUNCTION %s OWNER TO docent_system', crossing);
  END LOOP;
END $$;

-- 4. Jobs are enqueued in the transaction of the row that they are about, for the tenant of that transaction only.
CREATE FUNCTION enqueue_job(task text, payload jsonb, job_key text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF payload ->> 'tenantId' IS DISTINCT FROM current_setting('app.tenant_id') THEN
    RAISE EXCEPTION 'a job belongs to the tenant of its transaction';
  END IF;
  PERFORM graphile_worker.add_job(task, payload := payload::json, job_key := job_key, max_attempts := 5);
END $$;
REVOKE ALL ON FUNCTION enqueue_job (text, jsonb, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job (text, jsonb, text) TO docent_app;
ALTER FUNCTION enqueue_job (text, jsonb, text) OWNER TO docent_jobs;
