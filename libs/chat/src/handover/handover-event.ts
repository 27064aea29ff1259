import { HandoverSettings, type AgentName, type EventPayload, type HandoverMove, type HandoverReason, type HandoverState } from '@docent/contracts';
import { handoverTexts, promiseText } from './handover-texts';

export interface Told {
  move: HandoverMove;
  state: HandoverState;
  reason: HandoverReason;
  agent?: AgentName | null;
  /** The visitor's, BCP 47. */
  language?: string | null;
  settings?: Pick<HandoverSettings, 'promisedSeconds' | 'fallback'>;
  /** The bot has a message form. Without one nobody is asked to leave a message: there is nowhere to leave it. */
  hasForm?: boolean;
}

const defaults = HandoverSettings.parse({});

/** What the log says of a move that was made, and what the visitor is told. */
export function handoverEvent(told: Told): EventPayload<'handover'> {
  const { state, reason, agent = null, settings = defaults } = told;
  const offersForm = reason === 'nobody_came' && fallbackOf(told) === 'form';
  return {
    state,
    reason,
    agent: state === 'human' ? agent : null,
    text: textOf(told),
    promisedSeconds: state === 'waiting' ? settings.promisedSeconds : null,
    offersForm,
  };
}

/** A person is wanted at an hour when nobody is there: nothing moves, and the message form is offered where there is one. */
export function outOfHoursEvent({ state, language, hasForm }: { state: HandoverState; language: string | null; hasForm: boolean }): EventPayload<'handover'> {
  const texts = handoverTexts(language);
  return { state, reason: 'out_of_hours', agent: null, text: hasForm ? texts.leaveMessage : texts.nobodyCame, promisedSeconds: null, offersForm: hasForm };
}

function fallbackOf({ settings = defaults, hasForm = false }: Told): HandoverSettings['fallback'] {
  return hasForm ? settings.fallback : 'bot';
}

function textOf(told: Told): string {
  const { move, reason, agent, language = null, settings = defaults } = told;
  const texts = handoverTexts(language);
  switch (move) {
    case 'request':
      return promiseText(language, 'requested', settings.promisedSeconds);
    case 'take':
      return texts.joined.replace('{name}', () => agent?.name ?? '');
    case 'requeue':
      return promiseText(language, 'left', settings.promisedSeconds);
    case 'release':
      return reason === 'visitor_cancelled' ? '' : texts.released;
    case 'expire':
      return fallbackOf(told) === 'form' ? texts.leaveMessage : texts.nobodyCame;
    case 'close':
      return texts.closed;
    case 'reopen':
    case 'write':
      return '';
  }
}
