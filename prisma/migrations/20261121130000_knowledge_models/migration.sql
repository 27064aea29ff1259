-- What a bot's knowledge teaches the embedder, the owner's own questions to measure it with, and jobs that may wait for others.

ALTER TABLE bots ADD COLUMN learning boolean NOT NULL DEFAULT true;

CREATE TABLE knowledge_models (
  tenant_id uuid NOT NULL,
  bot_id uuid NOT NULL,
  -- Part of the name of the set of vectors that the model made.
  version int NOT NULL,
  embedder text NOT NULL,
  passages int NOT NULL,
  weights bytea NOT NULL,
  rows bytea,
  learned jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, bot_id),
  FOREIGN KEY (tenant_id, bot_id) REFERENCES bots (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE golden_questions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  bot_id uuid NOT NULL,
  question text NOT NULL,
  source_id uuid NOT NULL,
  quote text NOT NULL DEFAULT '',
  created_from text NOT NULL DEFAULT 'owner',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, bot_id) REFERENCES bots (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, source_id) REFERENCES sources (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ON golden_questions (tenant_id, bot_id, id);
CREATE INDEX ON golden_questions (tenant_id, source_id);

DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['knowledge_models', 'golden_questions']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO docent_app USING (tenant_id = (SELECT current_setting(''app.tenant_id'')::uuid)) '
      'WITH CHECK (tenant_id = (SELECT current_setting(''app.tenant_id'')::uuid))', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO docent_app', tenant_table);
  END LOOP;
END $$;

-- As enqueue_job_at, for work that nobody waits for: behind everything else, and one at a time for each tenant.
CREATE FUNCTION enqueue_quiet_job(task text, payload jsonb, job_key text, not_before timestamptz) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF payload ->> 'tenantId' IS DISTINCT FROM current_setting('app.tenant_id') THEN
    RAISE EXCEPTION 'a job belongs to the tenant of its transaction';
  END IF;
  PERFORM graphile_worker.add_job(task, payload := payload::json, queue_name := 'quiet ' || (payload ->> 'tenantId'), job_key := job_key,
    run_at := not_before, priority := 100, max_attempts := 5);
END $$;
REVOKE ALL ON FUNCTION enqueue_quiet_job (text, jsonb, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_quiet_job (text, jsonb, text, timestamptz) TO docent_app;
ALTER FUNCTION enqueue_quiet_job (text, jsonb, text, timestamptz) OWNER TO docent_jobs;
