import { useState } from 'react';
import { Button, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Engagement, Form, FormField } from '@docent/contracts';
import { FieldRow } from './field-row';
import { keyFrom } from './key-from';
import classes from './visitors.module.css';

interface FormEditorProps {
  name: 'preChatForm' | 'messageForm';
  form: UseFormReturnType<Engagement>;
  mayChange: boolean;
}

const mostFields = 10;

/** A form that visitors fill: its fields in order, and the text that they agree to. */
export function FormEditor({ name, form, mayChange }: FormEditorProps) {
  const { t } = useTranslation();
  const shown = form.values[name];
  const usual = useUsualForm(name);
  // Kept while the switch is off, so that switching back and forth loses nothing.
  const [last, setLast] = useState<Form>(shown ?? usual);
  const add = () => {
    const keys = shown?.fields.map(({ key }) => key) ?? [];
    const key = keyFrom(t('visitors.newField'), keys);
    form.insertListItem(`${name}.fields`, { key, label: '', type: 'text', required: false, options: [] });
  };
  return (
    <Stack>
      <Switch
        label={t(`visitors.has.${name}`)}
        checked={shown !== null}
        onChange={({ currentTarget }) => {
          if (shown) setLast(shown);
          form.setFieldValue(name, currentTarget.checked ? last : null);
        }}
      />
      {shown && (
        <>
          <TextInput
            label={t('visitors.formTitle')}
            placeholder={t(`visitors.formTitlePlaceholder.${name}`)}
            {...form.getInputProps(`${name}.title`)}
          />
          <ol className={classes.fields} aria-label={t('visitors.fields')}>
            {shown.fields.map((field, index) => (
              <FieldRow
                key={index}
                path={`${name}.fields`}
                index={index}
                field={field}
                count={shown.fields.length}
                takenKeys={shown.fields.map(({ key }) => key).filter((key) => key !== field.key)}
                form={form}
                mayChange={mayChange}
              />
            ))}
          </ol>
          {mayChange && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlus size={15} aria-hidden />}
              disabled={shown.fields.length >= mostFields}
              onClick={add}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('visitors.addField')}
            </Button>
          )}
          <Textarea
            label={t('visitors.consent')}
            description={t('visitors.consentHint')}
            placeholder={t('visitors.consentPlaceholder')}
            autosize
            minRows={2}
            {...form.getInputProps(`${name}.consent`)}
          />
        </>
      )}
    </Stack>
  );
}

/** What a form asks for when it is switched on for the first time. */
function useUsualForm(name: FormEditorProps['name']): Form {
  const { t } = useTranslation();
  const email: FormField = { key: 'email', label: t('visitors.usual.email'), type: 'email', required: true, options: [] };
  const person: FormField = { key: 'name', label: t('visitors.usual.name'), type: 'text', required: false, options: [] };
  const message: FormField = { key: 'message', label: t('visitors.usual.message'), type: 'textarea', required: true, options: [] };
  return { title: '', consent: '', fields: name === 'preChatForm' ? [person, email] : [email, message] };
}
