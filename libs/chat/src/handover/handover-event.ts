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
}

const defaults = HandoverSettings.parse({});

/** What the log says of a move that was made, and what the visitor is told. */
export function handoverEvent(told: Told): EventPayload<'handover'> {
  const { state, reason, agent = null, settings = defaults } = told;
  return {
    state,
    reason,
    agent: state === 'human' ? agent : null,
    text: textOf(told),
    promisedSeconds: state === 'waiting' ? settings.promisedSeconds : null,
    offersForm: reason === 'nobody_came' && settings.fallback === 'form',
  };
}

/** A person is wanted at an hour when nobody is there: nothing moves, and the message form is offered. */
export function outOfHoursEvent(state: HandoverState, language: string | null): EventPayload<'handover'> {
  return { state, reason: 'out_of_hours', agent: null, text: handoverTexts(language).leaveMessage, promisedSeconds: null, offersForm: true };
}

function textOf({ move, reason, agent, language = null, settings = defaults }: Told): string {
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
      return settings.fallback === 'form' ? texts.leaveMessage : texts.nobodyCame;
    case 'close':
      return texts.closed;
    case 'reopen':
    case 'write':
      return '';
  }
}
