-- The application may add to a log and change nothing in it. What takes a visitor out of it, who asks to be forgotten, is one function: it
-- sees the tenant that the transaction has named, and refuses whatever is not the old event with less in it.
REVOKE UPDATE (payload) ON conversation_events FROM docent_app;
GRANT UPDATE (payload) ON conversation_events TO docent_system;

-- Whether `kept` is `old` with pieces of its texts taken out, each leaving "[removed]" or nothing; files and marks may go as a whole.
CREATE FUNCTION is_only_less(field text, old jsonb, kept jsonb) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  IF old = kept THEN RETURN true; END IF;
  IF jsonb_typeof(old) <> jsonb_typeof(kept) THEN RETURN false; END IF;
  CASE jsonb_typeof(old)
    WHEN 'string' THEN
      RETURN field IN ('text', 'title', 'quote', 'message', 'suggestions')
        AND old #>> '{}' LIKE '%' || replace(regexp_replace(kept #>> '{}', '([\\%_])', '\\\1', 'g'), '[removed]', '%') || '%';
    WHEN 'array' THEN
      RETURN jsonb_array_length(old) = jsonb_array_length(kept)
        AND (SELECT bool_and(is_only_less(field, old -> at, kept -> at)) FROM generate_series(0, jsonb_array_length(old) - 1) AS at);
    WHEN 'object' THEN
      RETURN (SELECT bool_and(CASE WHEN kept ? key THEN is_only_less(key, old -> key, kept -> key) ELSE key IN ('attachments', 'unsupported') END)
                FROM jsonb_object_keys(old) AS key)
        AND NOT EXISTS (SELECT FROM jsonb_object_keys(kept) AS key WHERE NOT old ? key);
    ELSE RETURN false;
  END CASE;
END $$;
REVOKE ALL ON FUNCTION is_only_less (text, jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_only_less (text, jsonb, jsonb) TO docent_system;

CREATE FUNCTION forget_in_event(conversation uuid, number int, kept jsonb) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE conversation_events SET payload = kept
    WHERE tenant_id = (SELECT current_setting('app.tenant_id')::uuid) AND conversation_id = conversation AND seq = number AND is_only_less('', payload, kept);
  IF NOT FOUND THEN RAISE EXCEPTION 'event % is not there, or this is not less than it', number; END IF;
END $$;
REVOKE ALL ON FUNCTION forget_in_event (uuid, int, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_in_event (uuid, int, jsonb) TO docent_app;
ALTER FUNCTION forget_in_event (uuid, int, jsonb) OWNER TO docent_system;
