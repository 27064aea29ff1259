import { Anchor, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconExternalLink, IconFileText } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type Citation } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { TextLink } from '../links';
import classes from './transcript.module.css';

export interface OpenCitation {
  conversationId: string;
  botId: string;
  turnId: string | null;
  citation: Citation;
}

/** The passage behind a citation, with the cited sentence marked, and the ways to its source. */
export function PassageDrawer({ open, onClose }: { open: OpenCitation | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={open !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={t('transcript.passage')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {open && <CitedPassage open={open} />}
    </Drawer>
  );
}

function CitedPassage({ open }: { open: OpenCitation }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const { citation, botId, conversationId, turnId } = open;
  const around = useApiQuery(
    routes.citedPassage,
    { params: { conversationId, turnId: turnId ?? '', n: citation.n } },
    { enabled: turnId !== null, mayComeLater: true },
  );
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{citation.title}</Text>
        {citation.page !== undefined && (
          <Text size="sm" c="dimmed">
            {t('knowledge.page', { page: citation.page })}
          </Text>
        )}
      </div>
      <div className={classes.passage}>
        <span className={classes.context}>{around.data?.before}</span>
        <mark>{citation.quote}</mark>
        <span className={classes.context}>{around.data?.after}</span>
      </div>
      {around.error && (
        <Text size="sm" c="dimmed">
          {around.error.message}
        </Text>
      )}
      <Group gap="lg">
        <TextLink
          to="/w/$workspaceId/bots/$botId/knowledge/$sourceId"
          params={{ workspaceId, botId, sourceId: citation.sourceId }}
          search={{ start: citation.start, end: citation.end }}
          size="sm"
        >
          <Group gap={6}>
            <IconFileText size={15} aria-hidden /> {t('transcript.inSource')}
          </Group>
        </TextLink>
        {citation.url && /^https?:/.test(citation.url) && (
          <Anchor href={citation.url} target="_blank" rel="noopener noreferrer" size="sm">
            <Group gap={6}>
              <IconExternalLink size={15} aria-hidden /> {t('transcript.openPage')}
            </Group>
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}
