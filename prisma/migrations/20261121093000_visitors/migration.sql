-- The visitors' side: whom an anonymous visitor turned out to be, transcripts on their way, and jobs that wait for their time.

-- The identity that an anonymous visitor had first. Their conversations moved there, and never move anywhere else.
ALTER TABLE visitors ADD COLUMN became uuid;

-- A transcript on its way; the address is forgotten once it is sent. The rows of the last hour are the limit.
CREATE TABLE transcript_mails (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  conversation_id uuid NOT NULL,
  email text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ON transcript_mails (tenant_id, conversation_id);
ALTER TABLE transcript_mails ENABLE ROW LEVEL SECURITY;
ALTER TABLE transcript_mails FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON transcript_mails TO docent_app USING (tenant_id = (SELECT current_setting('app.tenant_id')::uuid))
  WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON transcript_mails TO docent_app;

-- As enqueue_job, not before a moment.
CREATE FUNCTION enqueue_job_at(task text, payload jsonb, job_key text, not_before timestamptz) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF payload ->> 'tenantId' IS DISTINCT FROM current_setting('app.tenant_id') THEN
    RAISE EXCEPTION 'a job belongs to the tenant of its transaction';
  END IF;
  PERFORM graphile_worker.add_job(task, payload := payload::json, job_key := job_key, run_at := not_before, max_attempts := 5);
END $$;
REVOKE ALL ON FUNCTION enqueue_job_at (text, jsonb, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job_at (text, jsonb, text, timestamptz) TO docent_app;
ALTER FUNCTION enqueue_job_at (text, jsonb, text, timestamptz) OWNER TO docent_jobs;
