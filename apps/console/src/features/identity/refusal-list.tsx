import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IdentityFailure } from '@docent/contracts';
import { useFormat } from '../../ui/format';
import { Panel } from '../../ui/panel';
import classes from './identity.module.css';

/** The latest identities that were refused: why, where, and what to change on the website. */
export function RefusalList({ failures }: { failures: IdentityFailure[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('identity.refusals')} description={t('identity.refusalsHint')}>
      {failures.length === 0 ? (
        <Text size="sm" className={classes.fine}>
          <IconCircleCheck size={17} aria-hidden /> {t('identity.noRefusals')}
        </Text>
      ) : (
        <ul className={classes.refusals}>
          {failures.map((failure, index) => (
            <li key={index}>
              <IconAlertTriangle size={17} aria-hidden className={classes.sign} />
              <div>
                <Text size="sm" fw={500}>
                  {t(`identity.reason.${failure.reason}`)}
                </Text>
                <Text size="sm">{t(`identity.todo.${failure.reason}`)}</Text>
                <Text size="xs" c="dimmed">
                  <time dateTime={failure.at} title={format.dateTime(failure.at)}>
                    {format.ago(failure.at)}
                  </time>{' '}
                  · {failure.origin ?? t('identity.unknownOrigin')}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
