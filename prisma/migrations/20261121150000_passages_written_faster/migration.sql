-- A passage belongs to a snapshot of its own source: the key says so now. One index serves the key, the lists by source, and the pages in
-- which the search index is fed; two were written with every passage before.
CREATE UNIQUE INDEX "source_snapshots_tenant_id_source_id_id_key" ON "source_snapshots"("tenant_id", "source_id", "id");
DROP INDEX "source_snapshots_tenant_id_source_id_idx";
CREATE INDEX "chunks_tenant_id_source_id_snapshot_id_id_idx" ON "chunks"("tenant_id", "source_id", "snapshot_id", "id");
ALTER TABLE "chunks" DROP CONSTRAINT "chunks_tenant_id_snapshot_id_fkey";
-- The new key is checked against all rows at once. An owner who is no superuser would be shown one workspace's, and none is named here.
ALTER TABLE "chunks" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "source_snapshots" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_tenant_id_source_id_snapshot_id_fkey" FOREIGN KEY ("tenant_id", "source_id", "snapshot_id")
  REFERENCES "source_snapshots"("tenant_id", "source_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "chunks" FORCE ROW LEVEL SECURITY;
ALTER TABLE "source_snapshots" FORCE ROW LEVEL SECURITY;
DROP INDEX "chunks_tenant_id_source_id_idx";
DROP INDEX "chunks_tenant_id_snapshot_id_ordinal_idx";

-- Compressing ten megabytes of text took a quarter of a second, for a file that lies beside it anyway. And passages in scripts of two and
-- three bytes are longer than two kilobytes, beyond which PostgreSQL compresses each: up to eight they lie in their row as they are.
ALTER TABLE "source_snapshots" ALTER COLUMN "text" SET STORAGE EXTERNAL;
ALTER TABLE "chunks" SET (toast_tuple_target = 8160);
