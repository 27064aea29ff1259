-- Ends one session by its id: a refresh token that was issued for it and has been replaced long ago came again (RFC 9700, 4.14.2).
-- The caller proves by the token's own seal that it was issued for this session.
CREATE FUNCTION revoke_session_by_id(session uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ UPDATE sessions SET revoked_at = now() WHERE id = session AND revoked_at IS NULL $$;
REVOKE ALL ON FUNCTION revoke_session_by_id (uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION revoke_session_by_id (uuid) TO docent_app;
ALTER FUNCTION revoke_session_by_id (uuid) OWNER TO docent_system;
