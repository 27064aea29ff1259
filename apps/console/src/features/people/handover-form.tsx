import { useState } from 'react';
import { Alert, Fieldset, NumberInput, Radio, SimpleGrid, Stack, Switch, TagsInput, Text } from '@mantine/core';
import { schemaResolver, useForm, type UseFormReturnType } from '@mantine/form';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { HandoverSettings, routes } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { ErrorNotice } from '../../ui/error-notice';
import { notifyDone } from '../../ui/notify';
import { Panel } from '../../ui/panel';
import { SaveBar } from '../../ui/save-bar';
import { DurationInput } from './duration-input';
import { OfficeHoursEditor } from './office-hours-editor';

interface HandoverFormProps {
  botId: string;
  settings: HandoverSettings;
  mayChange: boolean;
}

/** Everything about people taking over. Switched off, the rest is put away but kept. */
export function HandoverForm({ botId, settings, mayChange }: HandoverFormProps) {
  const { t } = useTranslation();
  const save = useApiMutation(routes.updateHandoverSettings, { stale: [routes.getHandoverSettings] });
  const form = useForm<HandoverSettings>({
    initialValues: settings,
    validate: schemaResolver(HandoverSettings, { sync: true }),
  });
  const submit = form.onSubmit((body) =>
    save.mutate({ params: { botId }, body }, { onSuccess: () => (form.resetDirty(body), notifyDone(t('common.saved'))) }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Fieldset disabled={!mayChange} variant="unstyled" p={0}>
        <Stack gap="lg" maw={760}>
          {!mayChange && <Text c="dimmed">{t('common.notAllowed')}</Text>}
          {save.error && <ErrorNotice error={save.error} />}
          <Panel title={t('people.title')} description={t('people.description')}>
            <Switch label={t('people.enabled')} description={t('people.enabledHint')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
          </Panel>
          {form.values.enabled && (
            <>
              <Triggers form={form} />
              <Hours form={form} mayChange={mayChange} />
              <Waiting form={form} />
            </>
          )}
          {mayChange && <SaveBar isDirty={form.isDirty()} isSaving={save.isPending} onReset={form.reset} />}
        </Stack>
      </Fieldset>
    </form>
  );
}

interface PartProps {
  form: UseFormReturnType<HandoverSettings>;
}

const usualConfidence = 0.35;

function Triggers({ form }: PartProps) {
  const { t } = useTranslation();
  const { unansweredLimit, confidenceBelow } = form.values;
  return (
    <Panel title={t('people.triggers')} description={t('people.triggersHint')}>
      <Stack gap="lg">
        <Stack gap="xs">
          <Switch
            label={t('people.unanswered')}
            checked={unansweredLimit !== null}
            onChange={({ currentTarget }) => form.setFieldValue('unansweredLimit', currentTarget.checked ? 2 : null)}
          />
          {unansweredLimit !== null && (
            <NumberInput
              label={t('people.unansweredLimit')}
              min={1}
              max={10}
              clampBehavior="strict"
              allowDecimal={false}
              maw={260}
              {...form.getInputProps('unansweredLimit')}
            />
          )}
        </Stack>
        <Stack gap="xs">
          <Switch
            label={t('people.confidence')}
            checked={confidenceBelow !== null}
            onChange={({ currentTarget }) => form.setFieldValue('confidenceBelow', currentTarget.checked ? usualConfidence : null)}
          />
          {confidenceBelow !== null && (
            <NumberInput
              label={t('people.confidenceBelow')}
              description={t('people.confidenceHint')}
              min={0}
              max={1}
              step={0.05}
              decimalScale={2}
              clampBehavior="strict"
              maw={340}
              {...form.getInputProps('confidenceBelow')}
            />
          )}
        </Stack>
        <TagsInput
          label={t('people.words')}
          description={t('people.wordsHint')}
          placeholder={form.values.words.length === 0 ? t('people.wordsPlaceholder') : undefined}
          maxTags={50}
          splitChars={[',']}
          acceptValueOnBlur
          {...form.getInputProps('words')}
        />
      </Stack>
    </Panel>
  );
}

function Hours({ form, mayChange }: PartProps & { mayChange: boolean }) {
  const { t } = useTranslation();
  const { hours } = form.values;
  // Kept while the switch is off, so that switching back and forth loses nothing.
  const [last, setLast] = useState(hours ?? { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, open: workingWeek });
  return (
    <Panel title={t('people.hours')} description={t('people.hoursHint')}>
      <Stack>
        <Switch
          label={t('people.hasHours')}
          checked={hours !== null}
          onChange={({ currentTarget }) => {
            if (hours) setLast(hours);
            form.setFieldValue('hours', currentTarget.checked ? last : null);
          }}
        />
        {hours && (
          <OfficeHoursEditor hours={hours} mayChange={mayChange} onChange={(next) => form.setFieldValue('hours', next)} />
        )}
        {hours?.open.length === 0 && (
          <Alert color="orange" variant="default" icon={<IconInfoCircle />}>
            {t('people.neverOpen')}
          </Alert>
        )}
      </Stack>
    </Panel>
  );
}

const workingWeek = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }));

function Waiting({ form }: PartProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('people.waiting')} description={t('people.waitingHint')}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 3 }} verticalSpacing="sm" style={{ alignItems: 'end' }}>
          <DurationInput label={t('people.promised')} {...form.getInputProps('promisedSeconds')} />
          <DurationInput label={t('people.waitAtMost')} {...form.getInputProps('waitAtMostSeconds')} />
          <DurationInput label={t('people.agentAway')} {...form.getInputProps('agentAwaySeconds')} />
        </SimpleGrid>
        <Radio.Group label={t('people.fallback')} description={t('people.fallbackHint')} {...form.getInputProps('fallback')}>
          <Stack gap="xs" mt="sm">
            <Radio value="form" label={t('people.fallbackForm')} />
            <Radio value="bot" label={t('people.fallbackBot')} />
          </Stack>
        </Radio.Group>
      </Stack>
    </Panel>
  );
}
