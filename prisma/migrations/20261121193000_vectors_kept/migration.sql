-- Vectors of passages by a model that costs time or money: they outlive the process, so that a start asks for none of them again. One for
-- each passage, of the set that was made last. Gone with the passages, which hang on the same snapshot.

CREATE TABLE passage_vectors (
  tenant_id uuid NOT NULL,
  chunk_id uuid NOT NULL,
  source_id uuid NOT NULL,
  snapshot_id uuid NOT NULL,
  -- Name of the embedder and version of the knowledge's model.
  vector_set text NOT NULL,
  -- Unit vector, two bytes a number.
  vector bytea NOT NULL,
  PRIMARY KEY (tenant_id, chunk_id),
  FOREIGN KEY (tenant_id, source_id, snapshot_id) REFERENCES source_snapshots (tenant_id, source_id, id) ON DELETE CASCADE
);
CREATE INDEX ON passage_vectors (tenant_id, source_id, snapshot_id);
-- Numbers without a pattern: trying to compress them only costs time.
ALTER TABLE passage_vectors ALTER COLUMN vector SET STORAGE EXTERNAL;

ALTER TABLE passage_vectors ENABLE ROW LEVEL SECURITY;
ALTER TABLE passage_vectors FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON passage_vectors TO docent_app USING (tenant_id = (SELECT current_setting('app.tenant_id')::uuid))
  WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON passage_vectors TO docent_app;
