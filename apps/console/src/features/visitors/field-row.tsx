import { ActionIcon, Checkbox, Group, Select, TagsInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Engagement, FormField } from '@docent/contracts';
import { keyFrom } from './key-from';
import classes from './visitors.module.css';

interface FieldRowProps {
  /** Where the fields are in the form's values. */
  path: string;
  index: number;
  field: FormField;
  /** How many fields there are. */
  count: number;
  takenKeys: readonly string[];
  form: UseFormReturnType<Engagement>;
  mayChange: boolean;
}

const types = ['text', 'email', 'phone', 'textarea', 'select'] as const;

/** One field of a form. Its key, by which programs know it, follows the label until the form is saved. */
export function FieldRow({ path, index, field, count, takenKeys, form, mayChange }: FieldRowProps) {
  const { t } = useTranslation();
  const at = `${path}.${index}`;
  const name = field.label || t('visitors.fieldNumber', { number: index + 1 });
  const isNew = !wasSaved(form, path, field.key);
  const rename = (label: string) => {
    form.setFieldValue(`${at}.label`, label);
    if (isNew) form.setFieldValue(`${at}.key`, keyFrom(label, takenKeys));
  };
  return (
    <li className={classes.field}>
      <TextInput
        label={t('visitors.label')}
        {...form.getInputProps(`${at}.label`)}
        description={t('visitors.storedAs', { key: field.key })}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        onChange={({ currentTarget }) => rename(currentTarget.value)}
      />
      <Select
        label={t('visitors.type')}
        data={types.map((value) => ({ value, label: t(`visitors.types.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps(`${at}.type`)}
      />
      <Group gap={2} wrap="nowrap" className={classes.fieldActions}>
        {mayChange && (
          <>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('visitors.moveUp', { name })}
              disabled={index === 0}
              onClick={() => form.reorderListItem(path, { from: index, to: index - 1 })}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('visitors.moveDown', { name })}
              disabled={index === count - 1}
              onClick={() => form.reorderListItem(path, { from: index, to: index + 1 })}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('visitors.removeField', { name })}
              disabled={count === 1}
              onClick={() => form.removeListItem(path, index)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </>
        )}
      </Group>
      <Checkbox
        className={classes.whole}
        label={t('visitors.required')}
        {...form.getInputProps(`${at}.required`, { type: 'checkbox' })}
      />
      {field.type === 'select' && (
        <TagsInput
          className={classes.whole}
          label={t('visitors.options')}
          description={t('visitors.optionsHint')}
          splitChars={[]}
          maxTags={20}
          acceptValueOnBlur
          {...form.getInputProps(`${at}.options`)}
        />
      )}
    </li>
  );
}

/** Fields that visitors have filled before keep their key, so that old and new answers stay in one column. */
function wasSaved(form: UseFormReturnType<Engagement>, path: string, key: string): boolean {
  const initial = form.getInitialValues();
  const saved = path.startsWith('preChatForm') ? initial.preChatForm : initial.messageForm;
  return saved?.fields.some((field) => field.key === key) ?? false;
}
