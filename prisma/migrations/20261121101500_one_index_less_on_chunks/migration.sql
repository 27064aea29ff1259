-- Passages are found by their id or by their source; an index by bot was written with every one and read by nothing.
DROP INDEX "chunks_tenant_id_bot_id_idx";
