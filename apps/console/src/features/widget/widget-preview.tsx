import { Text, useComputedColorScheme } from '@mantine/core';
import { IconArrowUp, IconMessageCircleFilled, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WidgetSettings } from '@docent/contracts';
import { textColourOn } from './readable-colour';
import classes from './widget-preview.module.css';

/** A drawing of the widget with these settings. It cannot be used; the demo page shows the real one. */
export function WidgetPreview({ botName, settings }: { botName: string; settings: WidgetSettings }) {
  const { t } = useTranslation();
  const ownScheme = useComputedColorScheme('light');
  const scheme = settings.theme === 'auto' ? ownScheme : settings.theme;
  const colour = /^#[0-9a-f]{6}$/i.test(settings.colour) ? settings.colour : '#3b5bdb';
  const style = { '--widget-accent': colour, '--widget-on-accent': textColourOn(colour) } as React.CSSProperties;
  const name = settings.title.trim() || botName;
  return (
    <div className={classes.stage} data-position={settings.position} data-scheme={scheme} style={style}>
      <Text className={classes.caption}>{t('widget.preview')}</Text>
      <div className={classes.panel} role="img" aria-label={t('widget.previewOf', { name })}>
        <div className={classes.head}>
          <span>{name}</span>
          <IconPlus size={16} />
          <IconX size={16} />
        </div>
        <div className={classes.body}>
          <p className={classes.bot}>{settings.greeting.trim() || t('widget.defaultGreeting')}</p>
          {settings.suggestedQuestions
            .filter(Boolean)
            .slice(0, 3)
            .map((question) => (
              <p key={question} className={classes.suggestion}>
                {question}
              </p>
            ))}
          <p className={classes.visitor}>{t('widget.sampleQuestion')}</p>
          <p className={classes.bot}>
            {t('widget.sampleAnswer')} <span className={classes.cite}>1</span>
          </p>
        </div>
        <div className={classes.foot}>
          <span>{t('widget.samplePlaceholder')}</span>
          <span className={classes.send}>
            <IconArrowUp size={16} />
          </span>
        </div>
      </div>
      <span className={classes.launcher} aria-hidden>
        <IconMessageCircleFilled size={24} />
      </span>
    </div>
  );
}
