import { Text } from '@mantine/core';
import { IconWorld, IconWorldOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Bot } from '@docent/contracts';
import { useWorkspace } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import classes from './bot-card.module.css';

/** A bot in the list, with where it may be used. */
export function BotCard({ bot }: { bot: Bot }) {
  const { t } = useTranslation();
  const format = useFormat();
  const workspaceId = useWorkspace().id;
  const domains = bot.allowedOrigins.length;
  const Icon = domains > 0 ? IconWorld : IconWorldOff;
  return (
    <Link className={classes.card} to="/w/$workspaceId/bots/$botId/knowledge" params={{ workspaceId, botId: bot.id }}>
      <span className={classes.swatch} style={{ background: bot.widget.colour }} aria-hidden />
      <span className={classes.words}>
        <Text component="span" fw={600} truncate display="block">
          {bot.name}
        </Text>
        <span className={classes.facts}>
          <Icon size={14} aria-hidden /> {domains > 0 ? t('bots.domains', { count: domains }) : t('bots.noDomains')}
        </span>
        <span className={classes.facts}>{t('bots.changed', { ago: format.ago(bot.updatedAt) })}</span>
      </span>
    </Link>
  );
}
