import {
  Button,
  ColorInput,
  Group,
  Select,
  SegmentedControl,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Input,
} from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { routes, UpdateBot, widgetLanguages, WidgetSettings, type Bot } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { ErrorNotice } from '../../ui/error-notice';
import { notifyDone } from '../../ui/notify';
import { Panel } from '../../ui/panel';
import classes from './widget.module.css';
import { WidgetPreview } from './widget-preview';

const swatches = ['#3b5bdb', '#0b7285', '#2b8a3e', '#b3410e', '#a61e4d', '#5f3dc4', '#1b1b1f'];

/** The look of the widget, with a drawing of it that changes while one types. */
export function WidgetSettingsForm({ bot, mayChange }: { bot: Bot; mayChange: boolean }) {
  const { t } = useTranslation();
  const save = useApiMutation(routes.updateBot, { stale: [routes.listBots, routes.getBot] });
  const form = useForm<WidgetSettings>({ initialValues: bot.widget, validate: schemaResolver(WidgetSettings, { sync: true }) });
  const submit = form.onSubmit((widget) =>
    save.mutate(
      { params: { botId: bot.id }, body: UpdateBot.parse({ widget }) },
      { onSuccess: () => (form.resetDirty(), notifyDone(t('common.saved'))) },
    ),
  );
  return (
    <Panel title={t('widget.look')} description={t('widget.lookHint')}>
      <div className={classes.columns}>
        <form onSubmit={submit} noValidate>
          <fieldset disabled={!mayChange} className={classes.fields}>
            <Stack>
              {!mayChange && <Text c="dimmed">{t('common.notAllowed')}</Text>}
              {save.error && <ErrorNotice error={save.error} />}
              <TextInput
                label={t('widget.name')}
                description={t('widget.nameHint')}
                placeholder={bot.name}
                {...form.getInputProps('title')}
              />
              <Textarea
                label={t('widget.greeting')}
                placeholder={t('widget.greetingPlaceholder')}
                autosize
                minRows={2}
                {...form.getInputProps('greeting')}
              />
              <TagsInput
                label={t('widget.questions')}
                description={t('widget.questionsHint')}
                placeholder={form.values.suggestedQuestions.length === 0 ? t('widget.questionsPlaceholder') : undefined}
                maxTags={6}
                splitChars={[]}
                acceptValueOnBlur
                {...form.getInputProps('suggestedQuestions')}
              />
              <ColorInput
                label={t('widget.colour')}
                description={t('widget.colourHint')}
                format="hex"
                swatches={swatches}
                swatchesPerRow={7}
                eyeDropperButtonProps={{ 'aria-label': t('widget.pickColour') }}
                {...form.getInputProps('colour')}
              />
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <Choice
                  label={t('widget.position')}
                  {...form.getInputProps('position')}
                  data={(['left', 'right'] as const).map((value) => ({ value, label: t(`widget.positions.${value}`) }))}
                />
                <Choice
                  label={t('widget.theme')}
                  {...form.getInputProps('theme')}
                  data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`widget.themes.${value}`) }))}
                />
              </SimpleGrid>
              <Select
                label={t('widget.language')}
                description={t('widget.languageHint')}
                data={languages(t('widget.autoLanguage'))}
                allowDeselect={false}
                {...form.getInputProps('language')}
              />
              {mayChange && (
                <Group justify="flex-end">
                  <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                    {t('common.save')}
                  </Button>
                </Group>
              )}
            </Stack>
          </fieldset>
        </form>
        <WidgetPreview botName={bot.name} settings={form.values} />
      </div>
    </Panel>
  );
}

function Choice({
  label,
  value,
  onChange,
  data,
}: {
  label: string;
  value?: string;
  onChange?: (value: string) => void;
  data: { value: string; label: string }[];
}) {
  return (
    <Input.Wrapper label={label} labelElement="div">
      <SegmentedControl fullWidth size="sm" aria-label={label} value={value} onChange={onChange} data={data} />
    </Input.Wrapper>
  );
}

/** Each language in its own words. */
function languages(auto: string): { value: string; label: string }[] {
  return widgetLanguages.map((value) => ({
    value,
    label: value === 'auto' ? auto : (new Intl.DisplayNames([value], { type: 'language' }).of(value) ?? value),
  }));
}
