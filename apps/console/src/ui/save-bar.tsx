import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './save-bar.module.css';

interface SaveBarProps {
  isDirty: boolean;
  isSaving: boolean;
  onReset: () => void;
}

/** Stays in sight at the bottom of a long form while there is something to save. */
export function SaveBar({ isDirty, isSaving, onReset }: SaveBarProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.bar} data-dirty={isDirty || undefined}>
      <span role="status">{isDirty ? t('common.unsaved') : ''}</span>
      <Button type="button" variant="subtle" color="gray" disabled={!isDirty || isSaving} onClick={onReset}>
        {t('common.discard')}
      </Button>
      <Button type="submit" loading={isSaving} disabled={!isDirty}>
        {t('common.save')}
      </Button>
    </div>
  );
}
