import { ActionIcon, Button, Checkbox, Group, NumberInput, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Engagement, ProactiveRule } from '@docent/contracts';
import classes from './visitors.module.css';

interface ProactiveEditorProps {
  form: UseFormReturnType<Engagement>;
  mayChange: boolean;
}

const mostRules = 10;

/** Messages that the widget shows by itself, each at most once per visitor. */
export function ProactiveEditor({ form, mayChange }: ProactiveEditorProps) {
  const { t } = useTranslation();
  const { proactive } = form.values;
  const add = () => {
    const rule: ProactiveRule = {
      id: crypto.randomUUID(),
      text: '',
      path: '',
      afterSeconds: 15,
      afterScroll: 0,
      onExit: false,
      returningOnly: false,
    };
    form.insertListItem('proactive', rule);
  };
  return (
    <Stack>
      {proactive.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('visitors.noRules')}
        </Text>
      )}
      <ol className={classes.fields} aria-label={t('visitors.proactive')}>
        {proactive.map((rule, index) => (
          <RuleRow key={rule.id} index={index} form={form} mayChange={mayChange} />
        ))}
      </ol>
      {mayChange && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          disabled={proactive.length >= mostRules}
          onClick={add}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('visitors.addRule')}
        </Button>
      )}
    </Stack>
  );
}

function RuleRow({ index, form, mayChange }: ProactiveEditorProps & { index: number }) {
  const { t } = useTranslation();
  const at = `proactive.${index}`;
  return (
    <li className={classes.rule}>
      <Group align="flex-start" wrap="nowrap" gap="xs">
        <Textarea
          flex={1}
          label={t('visitors.ruleText')}
          placeholder={t('visitors.ruleTextPlaceholder')}
          autosize
          minRows={1}
          maxLength={300}
          {...form.getInputProps(`${at}.text`)}
        />
        {mayChange && (
          <ActionIcon
            variant="subtle"
            color="gray"
            mt={26}
            aria-label={t('visitors.removeRule', { number: index + 1 })}
            onClick={() => form.removeListItem('proactive', index)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }} verticalSpacing="xs">
        <TextInput label={t('visitors.rulePath')} placeholder={t('visitors.rulePathPlaceholder')} {...form.getInputProps(`${at}.path`)} />
        <NumberInput
          label={t('visitors.afterSeconds')}
          min={0}
          max={3600}
          allowDecimal={false}
          clampBehavior="strict"
          {...form.getInputProps(`${at}.afterSeconds`)}
        />
        <NumberInput
          label={t('visitors.afterScroll')}
          min={0}
          max={100}
          suffix=" %"
          allowDecimal={false}
          clampBehavior="strict"
          {...form.getInputProps(`${at}.afterScroll`)}
        />
      </SimpleGrid>
      <Group gap="lg">
        <Checkbox label={t('visitors.onExit')} {...form.getInputProps(`${at}.onExit`, { type: 'checkbox' })} />
        <Checkbox label={t('visitors.returningOnly')} {...form.getInputProps(`${at}.returningOnly`, { type: 'checkbox' })} />
      </Group>
    </li>
  );
}
