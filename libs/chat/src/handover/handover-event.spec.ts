import { describe, expect, it } from 'vitest';
import { HandoverSettings, widgetLanguages } from '@docent/contracts';
import { handoverEvent, outOfHoursEvent } from './handover-event';
import { handoverLanguages, handoverTexts, promiseText } from './handover-texts';

const settings = HandoverSettings.parse({ promisedSeconds: 180 });
const scripts: Record<string, RegExp> = { ru: /\p{Script=Cyrillic}/u, ar: /\p{Script=Arabic}/u, hi: /\p{Script=Devanagari}/u, zh: /\p{Script=Han}/u, ja: /\p{Script=Hiragana}/u, th: /\p{Script=Thai}/u };

describe('what a visitor is told of a hand-over', () => {
  it('has words in every language of the widget', () => {
    expect([...handoverLanguages].sort()).toEqual(widgetLanguages.filter((language) => language !== 'auto').sort());
    for (const language of handoverLanguages) {
      const texts = handoverTexts(language);
      expect(Object.keys(texts)).toEqual(Object.keys(handoverTexts('en')));
      expect(texts.joined, language).toContain('{name}');
      for (const [name, text] of Object.entries(texts)) if (scripts[language]) expect(text, `${language} ${name}`).toMatch(scripts[language]);
      if (language !== 'en') expect(Object.values(texts).some((text) => Object.values(handoverTexts('en')).includes(text)), language).toBe(false);
    }
    expect(handoverTexts('sv')).toBe(handoverTexts('en'));
  });

  it('promises a time in words', () => {
    expect(promiseText('en', 'requested', 45)).toMatch(/Expected waiting time: 45 seconds\.$/);
    expect(promiseText('de-AT', 'requested', 180)).toMatch(/Voraussichtliche Wartezeit: 3 Minuten\.$/);
    expect(promiseText('ru', 'left', 7200)).toMatch(/2 часа\.$/);
    expect(promiseText('ja', 'requested', 60)).toMatch(/1\s?分。$/);
  });

  it('names the person who came, whatever their name holds', () => {
    const taken = handoverEvent({ move: 'take', state: 'human', reason: 'agent', agent: { id: 'a', name: '$& {name}' }, language: 'en', settings });
    expect(taken).toMatchObject({ text: '$& {name} has joined the conversation.', agent: { name: '$& {name}' }, promisedSeconds: null });
  });

  it('offers the form where nobody comes, as the owner has chosen', () => {
    const expired = (fallback: 'bot' | 'form', hasForm = true) => handoverEvent({ move: 'expire', state: 'bot', reason: 'nobody_came', language: 'en', settings: { ...settings, fallback }, hasForm });
    expect(expired('form')).toMatchObject({ offersForm: true, text: handoverTexts('en').leaveMessage });
    expect(expired('bot')).toMatchObject({ offersForm: false, text: handoverTexts('en').nobodyCame });
    expect(outOfHoursEvent({ state: 'bot', language: 'fr', hasForm: true })).toMatchObject({ state: 'bot', offersForm: true, text: handoverTexts('fr').leaveMessage });
    // Asked for a message without a form, they would have nowhere to leave it.
    expect(expired('form', false)).toMatchObject({ offersForm: false, text: handoverTexts('en').nobodyCame });
    expect(outOfHoursEvent({ state: 'bot', language: 'fr', hasForm: false })).toMatchObject({ offersForm: false, text: handoverTexts('fr').nobodyCame });
  });
});
