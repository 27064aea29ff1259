-- People take over from the bot: who a conversation is with, what members write beside it, and what visitors leave.

ALTER TABLE bots
  ADD COLUMN handover jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN engagement jsonb NOT NULL DEFAULT '{}';

ALTER TABLE conversations
  ADD COLUMN state text NOT NULL DEFAULT 'bot' CHECK (state IN ('bot', 'waiting', 'human', 'closed')),
  -- Rises with every change of the writer. Whoever writes as a person names it, so that a tab that has lost the floor cannot speak.
  ADD COLUMN writer_fence int NOT NULL DEFAULT 1,
  ADD COLUMN assignee_id uuid,
  -- Until when the one who is awaited, or who holds the floor, may stay silent; then the fallback happens.
  ADD COLUMN handover_due timestamptz(3),
  ADD COLUMN handover_reason text,
  ADD COLUMN waiting_since timestamptz(3),
  ADD COLUMN snoozed_until timestamptz(3),
  ADD COLUMN closed_at timestamptz(3),
  -- Answers in a row that the knowledge did not hold.
  ADD COLUMN unanswered_in_a_row int NOT NULL DEFAULT 0,
  ADD COLUMN preview text NOT NULL DEFAULT '',
  ADD COLUMN unread int NOT NULL DEFAULT 0,
  ADD COLUMN agent_read_seq int NOT NULL DEFAULT 0,
  ADD COLUMN visitor_read_seq int NOT NULL DEFAULT 0,
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  ADD COLUMN topic text,
  ADD COLUMN satisfaction int CHECK (satisfaction BETWEEN 1 AND 5),
  ADD COLUMN satisfaction_comment text NOT NULL DEFAULT '',
  ADD COLUMN brief jsonb,
  ADD CONSTRAINT one_writer CHECK ((state = 'human') = (assignee_id IS NOT NULL));
CREATE INDEX conversations_inbox ON conversations (tenant_id, last_message_at DESC, id DESC) WHERE message_count > 0;
CREATE INDEX conversations_due ON conversations (handover_due) WHERE handover_due IS NOT NULL;

-- A message is written once, whoever writes it.
CREATE UNIQUE INDEX messages_once ON conversation_events (tenant_id, conversation_id, (payload ->> 'clientMessageId'))
  WHERE type = 'message' AND payload ->> 'clientMessageId' IS NOT NULL;

CREATE TABLE notes (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  conversation_id uuid NOT NULL,
  author_id uuid NOT NULL,
  author_name text NOT NULL,
  text text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ON notes (tenant_id, conversation_id);

CREATE TABLE canned_replies (
  tenant_id uuid NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id uuid NOT NULL DEFAULT uuidv7(),
  shortcut text NOT NULL,
  text text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, shortcut)
);

CREATE TABLE attachments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  conversation_id uuid NOT NULL,
  -- The message that brought it; null until one does.
  seq int,
  name text NOT NULL,
  media_type text NOT NULL,
  size_bytes bigint NOT NULL,
  file_key text NOT NULL,
  from_visitor boolean NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ON attachments (tenant_id, conversation_id);

-- A visitor of whom something is known: signed for by the customer's server, or left in a form.
CREATE TABLE visitors (
  tenant_id uuid NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id uuid NOT NULL,
  bot_id uuid NOT NULL,
  -- The customer's own id of the person; null where nobody signed for it.
  external_id text,
  name text,
  email text,
  fields jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  seen_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, bot_id, external_id),
  FOREIGN KEY (tenant_id, bot_id) REFERENCES bots (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE identity_secrets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  bot_id uuid NOT NULL,
  prefix text NOT NULL,
  sealed_secret text NOT NULL,
  last_used_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, bot_id) REFERENCES bots (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ON identity_secrets (tenant_id, bot_id);

CREATE TABLE identity_failures (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  bot_id uuid NOT NULL,
  reason text NOT NULL,
  origin text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, bot_id) REFERENCES bots (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ON identity_failures (tenant_id, bot_id, id);

CREATE TABLE leads (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  bot_id uuid NOT NULL,
  conversation_id uuid,
  visitor_id uuid,
  form text NOT NULL,
  fields jsonb NOT NULL,
  consent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, bot_id) REFERENCES bots (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id) ON DELETE SET NULL (conversation_id)
);
CREATE INDEX ON leads (tenant_id, bot_id, id);

DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['notes', 'canned_replies', 'attachments', 'visitors', 'identity_secrets', 'identity_failures', 'leads']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO docent_app USING (tenant_id = (SELECT current_setting(''app.tenant_id'')::uuid)) '
                   'WITH CHECK (tenant_id = (SELECT current_setting(''app.tenant_id'')::uuid))', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO docent_app', tenant_table);
  END LOOP;
END $$;

-- Conversations whose awaited person has not come, or whose agent is gone. Each is looked at again under its own tenant before anything changes.
CREATE FUNCTION due_handovers(most int) RETURNS TABLE (tenant_id uuid, id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant_id, c.id FROM conversations c WHERE c.handover_due < now() ORDER BY c.handover_due LIMIT most $$;
REVOKE ALL ON FUNCTION due_handovers (int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION due_handovers (int) TO docent_app;
ALTER FUNCTION due_handovers (int) OWNER TO docent_system;
