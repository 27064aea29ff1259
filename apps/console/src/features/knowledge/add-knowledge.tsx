import { useState } from 'react';
import '@mantine/dropzone/styles.css';
import { Button, Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileText, IconMessageQuestion, IconUpload, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './add-knowledge.module.css';
import { AddSourceDialog, type WrittenType } from './add-source-dialog';
import { useUploads } from './use-uploads';

/** The ways in: files by drag and drop, and three kinds of written sources. */
export function AddKnowledge({ botId, isFirst }: { botId: string; isFirst: boolean }) {
  const { t } = useTranslation();
  const { queue } = useUploads(botId);
  const [dialog, setDialog] = useState<WrittenType | null>(null);
  return (
    <div>
      <Dropzone
        onDrop={(files) => queue.add(files)}
        className={classes.zone}
        data-first={isFirst || undefined}
        inputProps={{ 'aria-label': t('knowledge.chooseFiles') }}
        aria-label={t('knowledge.chooseFiles')}
        enablePointerEvents
      >
        <div className={classes.inside}>
          <IconUpload size={22} stroke={1.7} aria-hidden />
          <div>
            <Text fw={600}>{t('knowledge.drop')}</Text>
            <Text size="sm" c="dimmed">
              {t('knowledge.dropHint')}
            </Text>
          </div>
        </div>
      </Dropzone>
      <Group gap="xs" mt="sm">
        <Button variant="default" size="xs" leftSection={<IconWorld size={15} />} onClick={() => setDialog('url')}>
          {t('knowledge.addUrl')}
        </Button>
        <Button variant="default" size="xs" leftSection={<IconFileText size={15} />} onClick={() => setDialog('text')}>
          {t('knowledge.addText')}
        </Button>
        <Button variant="default" size="xs" leftSection={<IconMessageQuestion size={15} />} onClick={() => setDialog('qa')}>
          {t('knowledge.addQa')}
        </Button>
      </Group>
      <AddSourceDialog botId={botId} type={dialog} onClose={() => setDialog(null)} />
    </div>
  );
}
