import { Fieldset, Stack, Switch, Text } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Engagement, routes, type EngagementNow } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { ErrorNotice } from '../../ui/error-notice';
import { notifyDone } from '../../ui/notify';
import { Panel } from '../../ui/panel';
import { SaveBar } from '../../ui/save-bar';
import { FormEditor } from './form-editor';
import { ProactiveEditor } from './proactive-editor';

interface EngagementFormProps {
  botId: string;
  engagement: EngagementNow;
  mayChange: boolean;
}

const extras = ['attachments', 'satisfaction', 'mailTranscript'] as const;

/** What visitors are asked, told and offered beside the chat. */
export function EngagementForm({ botId, engagement, mayChange }: EngagementFormProps) {
  const { t } = useTranslation();
  const save = useApiMutation(routes.updateEngagement, { stale: [routes.getEngagement] });
  const form = useForm<Engagement>({ initialValues: Engagement.parse(engagement), validate: schemaResolver(Engagement, { sync: true }) });
  const submit = form.onSubmit((body) =>
    save.mutate({ params: { botId }, body }, { onSuccess: () => (form.resetDirty(body), notifyDone(t('common.saved'))) }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Fieldset disabled={!mayChange} variant="unstyled" p={0}>
        <Stack gap="lg" maw={760}>
          {!mayChange && <Text c="dimmed">{t('common.notAllowed')}</Text>}
          {save.error && <ErrorNotice error={save.error} />}
          <Panel title={t('visitors.preChat')} description={t('visitors.preChatHint')}>
            <FormEditor name="preChatForm" form={form} mayChange={mayChange} />
          </Panel>
          <Panel title={t('visitors.message')} description={t('visitors.messageHint')}>
            <FormEditor name="messageForm" form={form} mayChange={mayChange} />
          </Panel>
          <Panel title={t('visitors.proactive')} description={t('visitors.proactiveHint')}>
            <ProactiveEditor form={form} mayChange={mayChange} />
          </Panel>
          <Panel title={t('visitors.extras')}>
            <Stack gap="md">
              {extras.map((extra) => (
                <Switch
                  key={extra}
                  label={t(`visitors.extra.${extra}`)}
                  description={t(`visitors.extraHint.${extra === 'mailTranscript' && !engagement.canMail ? 'noMail' : extra}`)}
                  {...form.getInputProps(extra, { type: 'checkbox' })}
                />
              ))}
            </Stack>
          </Panel>
          {mayChange && <SaveBar isDirty={form.isDirty()} isSaving={save.isPending} onReset={form.reset} />}
        </Stack>
      </Fieldset>
    </form>
  );
}
