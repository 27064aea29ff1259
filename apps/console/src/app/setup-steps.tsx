import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { setupSteps, type SetupStep } from './setup-progress';
import classes from './setup.module.css';

interface SetupStepsProps {
  isDone: Record<SetupStep, boolean>;
  open: SetupStep;
  mayGo: (step: SetupStep) => boolean;
  onChoose: (step: SetupStep) => void;
}

/** The five steps in a row, done ones with a tick. */
export function SetupSteps({ isDone, open, mayGo, onChoose }: SetupStepsProps) {
  const { t } = useTranslation();
  return (
    <ol className={classes.steps} aria-label={t('setup.steps')}>
      {setupSteps.map((step, index) => (
        <li key={step}>
          <button
            type="button"
            className={classes.step}
            aria-current={step === open ? 'step' : undefined}
            disabled={!mayGo(step)}
            onClick={() => onChoose(step)}
          >
            <span className={classes.number} data-done={isDone[step] || undefined}>
              {isDone[step] ? <IconCheck size={15} stroke={2.5} role="img" aria-label={t('setup.done')} /> : index + 1}
            </span>
            {t(`setup.step.${step}`)}
          </button>
        </li>
      ))}
    </ol>
  );
}
