import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mailer } from '../mailer';

export interface MailerStage {
  mailer: Mailer;
  /** Messages as they were handed over, in order. */
  sent(): Promise<string[]>;
  close(): Promise<void>;
}

/** What every mailer promises. */
export function mailerTests(name: string, openStage: () => Promise<MailerStage>): void {
  describe(`mailer: ${name}`, () => {
    let stage: MailerStage;
    beforeEach(async () => void (stage = await openStage()));
    afterEach(() => stage.close());

    it('hands over receiver, subject and text, in any script', async () => {
      await stage.mailer.send({
        to: 'ada@example.com',
        subject: 'Einladung für Ада 招待 '.repeat(8),
        text: 'Hallo\nПривет 你好',
      });
      const [mail = ''] = await stage.sent();
      expect(headersOf(mail).get('to')).toBe('ada@example.com');
      expect(decodeWords(headersOf(mail).get('subject') ?? '')).toBe('Einladung für Ада 招待 '.repeat(8));
      expect(Buffer.from(mail.slice(mail.indexOf('\r\n\r\n')), 'base64').toString('utf8')).toBe('Hallo\nПривет 你好');
    });

    it.each([
      'Hi\r\nBcc: eve@example.com',
      'Hi\nBcc: eve@example.com',
      'Hi\r\n\r\nOther body',
      'Hi\0',
      '=?utf-8?Q?=0ABcc:_eve=40example.com?=',
    ])('lets no subject add a header: %j', async (subject) => {
      await stage.mailer.send({ to: 'ada@example.com', subject, text: 'Hello' });
      const [mail = ''] = await stage.sent();
      expect([...headersOf(mail).keys()]).not.toContain('bcc');
      expect(mail).not.toMatch(/^Other body/m);
      expect(mail).not.toContain('\0');
    });

    it.each([
      'ada@example.com\r\nBcc: eve@example.com',
      'ada@example.com, eve@example.com',
      'Ada <ada@example.com>',
      'ada',
      '',
      'a b@example.com',
    ])('sends to one plain address and nothing else: %j', async (to) => {
      await expect(stage.mailer.send({ to, subject: 'Hi', text: 'Hello' })).rejects.toThrow(RangeError);
      expect(await stage.sent()).toEqual([]);
    });
  });
}

function headersOf(mail: string): Map<string, string> {
  const head = mail.slice(0, mail.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  return new Map(
    head
      .split(/\r\n|\n|\r/)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

/** Encoded words (RFC 2047); blanks between two of them do not count. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'));
}
