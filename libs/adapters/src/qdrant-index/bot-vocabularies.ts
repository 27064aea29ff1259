import { setTimeout as wait } from 'node:timers/promises';
import { eachTerm } from '@docent/language';
import type { TenantScope } from '@docent/ports';
import { FormTable, TermTable } from '../embedded-index/term-table';
import { Pause } from '../pause';
import { unpackWords } from './pack-words';

/** The words of one passage as they stand beside it in the server. */
export interface StoredWords {
  words: string;
  language: string | null;
  /** When the passage was put there, in milliseconds since 1970 by the clock of whoever did it. */
  at: number;
}

/** Reads the words of a bot's passages that were put there since then, page by page. */
export type ReadWords = (scope: TenantScope, botId: string, since: number) => AsyncIterable<StoredWords[]>;

/** Words of a bot's knowledge, to look for misspelt ones in. What was removed lately may still be among them. */
export interface BotWords {
  terms: TermTable;
  forms: FormTable;
}

interface KnownBot extends BotWords {
  newest: number;
  readAt: number;
  reading: Promise<void> | null;
}

const mostBots = 50;
/** Clocks of two processes may differ by so much. */
const clockSlackMs = 60_000;
const freshForMs = 2_000;
/** A question does not wait longer for its spelling to be corrected; the next one finds the words there. */
const patienceMs = 500;

/** The vocabularies of the bots that were asked for unknown words, read from the server when they are needed; least recently used first out. */
export class BotVocabularies {
  private readonly bots = new Map<string, KnownBot>();

  constructor(private readonly read: ReadWords) {}

  /** Null where reading it takes longer than a question can wait. */
  async of(scope: TenantScope, botId: string): Promise<BotWords | null> {
    const bot = this.known(JSON.stringify([scope.tenantId, botId]));
    const isKnown = bot.readAt > 0;
    if (Date.now() - bot.readAt > freshForMs) bot.reading ??= this.refresh(scope, botId, bot).finally(() => (bot.reading = null));
    if (!bot.reading) return bot;
    // Without the words of a broken server the question is asked as it stands.
    const isRead = await Promise.race([
      bot.reading.then(() => true).catch(() => isKnown),
      wait(patienceMs, isKnown, { ref: false }),
    ]);
    return isRead ? bot : null;
  }

  forget(scope: TenantScope, botId: string): void {
    this.bots.delete(JSON.stringify([scope.tenantId, botId]));
  }

  private async refresh(scope: TenantScope, botId: string, bot: KnownBot): Promise<void> {
    const begunAt = Date.now();
    const known = bot.newest;
    const pause = new Pause();
    for await (const page of this.read(scope, botId, Math.max(0, known - clockSlackMs)))
      for (const stored of page) {
        learn(bot, stored, stored.at > known);
        bot.newest = Math.max(bot.newest, stored.at);
        await pause.ifDue();
      }
    bot.readAt = begunAt;
  }

  private known(key: string): KnownBot {
    const terms = new TermTable();
    const bot = this.bots.get(key) ?? { terms, forms: new FormTable(terms), newest: 0, readAt: 0, reading: null };
    this.bots.delete(key);
    this.bots.set(key, bot);
    if (this.bots.size > mostBots) this.bots.delete(this.bots.keys().next().value!);
    return bot;
  }
}

/** `isNew`: was not read before. */
function learn({ terms, forms }: BotWords, { words, language }: StoredWords, isNew: boolean): void {
  for (const word of unpackWords(words))
    eachTerm(word, language, (term, form) => {
      const number = forms.terms[forms.intern(form, term)]!;
      if (isNew || terms.frequency(number) === 0) terms.countPassage(number, 1);
    });
}
