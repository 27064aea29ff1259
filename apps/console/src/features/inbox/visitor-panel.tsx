import { useState } from 'react';
import { Badge, Group, Stack, TagsInput, Text, Title } from '@mantine/core';
import { IconRosetteDiscountCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetails, VisitorFacts } from '@docent/contracts';
import { useCan, useWorkspace } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import { TextLink } from '../../ui/links';
import classes from './cards.module.css';
import look from './facts.module.css';
import { ForgetVisitor } from './forget-visitor';
import { StateBadge } from './state-badge';
import { TopicField } from './topic-field';
import { useKnownTags } from './use-known-tags';
import { useMoves } from './use-moves';

/** Who the visitor is as far as anybody knows, what they talked about before, and how this conversation is filed. */
export function VisitorPanel({ details }: { details: ConversationDetails }) {
  const { t } = useTranslation();
  const { visitor, satisfaction } = details;
  return (
    <Stack gap="xl">
      <Stack gap="md">
        <TopicField details={details} />
        <Tags details={details} />
      </Stack>
      {satisfaction && (
        <section>
          <Title order={2} size="h3" mb={6}>
            {t('inbox.satisfaction')}
          </Title>
          <Text size="sm">
            <span aria-hidden>
              {'★'.repeat(satisfaction.score)}
              {'☆'.repeat(5 - satisfaction.score)}{' '}
            </span>
            {t('inbox.score', { score: satisfaction.score })}
          </Text>
          {satisfaction.comment && (
            <Text size="sm" mt={4}>
              “{satisfaction.comment}”
            </Text>
          )}
        </section>
      )}
      <Facts visitor={visitor} details={details} />
      <Earlier visitor={visitor} />
      <ForgetVisitor visitor={visitor} />
    </Stack>
  );
}

function Tags({ details }: { details: ConversationDetails }) {
  const { t } = useTranslation();
  const { id, tags } = details.conversation;
  const moves = useMoves(id);
  const known = useKnownTags();
  // Typed faster than the server answers, a tag must not be lost to what was read before it.
  const [written, setWritten] = useState(tags);
  return (
    <TagsInput
      label={t('inbox.tags')}
      placeholder={tags.length === 0 ? t('inbox.tagsPlaceholder') : undefined}
      data={known}
      value={moves.isTagging ? written : tags}
      maxTags={20}
      acceptValueOnBlur
      disabled={!useCan('agent')}
      onChange={(next) => {
        const shortened = next.map((tag) => tag.slice(0, 40));
        setWritten(shortened);
        moves.setTags(shortened);
      }}
    />
  );
}

function Facts({ visitor, details: { conversation } }: { visitor: VisitorFacts; details: ConversationDetails }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const rows: [string, string | null][] = [
    [t('common.name'), visitor.name],
    [t('inbox.email'), visitor.email],
    [t('inbox.externalId'), visitor.externalId],
    ...Object.entries(visitor.fields).filter(([key]) => key !== 'name' && key !== 'email'),
    [t('inbox.language'), visitor.locale && languageName(visitor.locale, i18n.language)],
    [t('inbox.page'), visitor.pageUrl],
    [t('inbox.channel'), t(`conversations.channel.${conversation.channel}`)],
    [t('inbox.began'), format.dateTime(conversation.createdAt)],
  ];
  return (
    <section>
      <Group gap={8} mb={8}>
        <Title order={2} size="h3">
          {t('inbox.visitor')}
        </Title>
        {visitor.verified ? (
          <Badge
            size="sm"
            variant="light"
            color="teal"
            autoContrast
            leftSection={<IconRosetteDiscountCheck size={13} aria-hidden />}
          >
            {t('inbox.verified')}
          </Badge>
        ) : (
          <Badge size="sm" variant="default">
            {t('inbox.notVerified')}
          </Badge>
        )}
      </Group>
      <dl className={classes.factList}>
        {rows
          .filter((row): row is [string, string] => Boolean(row[1]))
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Earlier({ visitor }: { visitor: VisitorFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const workspaceId = useWorkspace().id;
  return (
    <section>
      <Title order={2} size="h3" mb={8}>
        {t('inbox.earlier')}
      </Title>
      {visitor.earlier.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('inbox.noEarlier')}
        </Text>
      ) : (
        <ul className={classes.earlier}>
          {visitor.earlier.map((conversation) => (
            <li key={conversation.id}>
              <TextLink
                to="/w/$workspaceId/inbox/$conversationId"
                params={{ workspaceId, conversationId: conversation.id }}
                search={(before) => before}
                size="sm"
              >
                {conversation.title || t('conversations.untitled')}
              </TextLink>
              <span className={look.facts}>
                <StateBadge state={conversation.state} />
                {format.ago(conversation.lastMessageAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function languageName(locale: string, into: string): string {
  try {
    return new Intl.DisplayNames([into], { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
