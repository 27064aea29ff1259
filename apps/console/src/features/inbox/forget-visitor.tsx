import { useState } from 'react';
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconUserX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type VisitorFacts } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { ErrorNotice } from '../../ui/error-notice';
import { notifyDone } from '../../ui/notify';

const stale = [
  ...[routes.listInbox, routes.countInbox, routes.conversationDetails, routes.getConversation],
  ...[routes.listConversations, routes.listLeads, routes.overview],
];

/** Takes a person out of everything that is stored, with their conversations or without. */
export function ForgetVisitor({ visitor: { visitorId } }: { visitor: VisitorFacts }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const workspaceId = useWorkspace().id;
  const mayForget = useCan('admin');
  const [isOpen, setIsOpen] = useState(false);
  const [conversations, setConversations] = useState<'keep' | 'delete'>('keep');
  const forget = useApiMutation(routes.deleteVisitor, {
    stale,
    onSuccess: ({ removed, kept }) => {
      setIsOpen(false);
      notifyDone(t('inbox.forgotten', { deleted: removed.conversations, kept: kept.conversations, leads: removed.leads }));
      if (removed.conversations > 0) void navigate({ to: '/w/$workspaceId/inbox', params: { workspaceId } });
    },
  });
  if (!mayForget || visitorId === null) return null;
  return (
    <section>
      <Button
        size="xs"
        variant="subtle"
        color="red"
        px={6}
        leftSection={<IconUserX size={15} aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        {t('inbox.forget')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={<Text fw={600}>{t('inbox.forgetTitle')}</Text>}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack>
          {forget.error && <ErrorNotice error={forget.error} />}
          <Text size="sm">{t('inbox.forgetText')}</Text>
          <Radio.Group
            label={t('inbox.forgetConversations')}
            value={conversations}
            onChange={(value) => setConversations(value === 'delete' ? 'delete' : 'keep')}
          >
            <Stack gap="xs" mt={8}>
              <Radio value="keep" label={t('inbox.forgetKeep')} description={t('inbox.forgetKeepText')} />
              <Radio value="delete" label={t('inbox.forgetDelete')} description={t('inbox.forgetDeleteText')} />
            </Stack>
          </Radio.Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setIsOpen(false)}>
              {t('common.cancel')}
            </Button>
            <Button
              color="red.9"
              loading={forget.isPending}
              onClick={() => forget.mutate({ params: { visitorId }, query: { conversations } })}
            >
              {t('inbox.forget')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </section>
  );
}
