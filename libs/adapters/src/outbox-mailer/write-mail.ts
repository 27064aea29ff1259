import type { Mail } from '@docent/ports';

/**
 * A message as mail programs read it (RFC 5322, MIME). Nothing that stands in `mail` can add a header or an address.
 * Throws RangeError where the receiver is not exactly one address.
 */
export function writeMail(mail: Mail, envelope: { from: string; at: Date; id: string }): string {
  const headers = [
    `From: ${oneAddress(envelope.from)}`,
    `To: ${oneAddress(mail.to)}`,
    `Subject: ${encodeWords(mail.subject)}`,
    `Date: ${envelope.at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${envelope.id}@${envelope.from.split('@')[1]}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const body = Buffer.from(mail.text, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n');
  return `${headers.join('\r\n')}\r\n\r\n${body}\r\n`;
}

function oneAddress(address: string): string {
  // No blanks, commas, brackets or control characters: one address, and nothing after it.
  if (!/^[^\s\p{Cc}<>,;:"()[\]\\@]+@[^\s\p{Cc}<>,;:"()\\@]+$/u.test(address))
    throw new RangeError('A mail goes to exactly one address.');
  return address;
}

/** Encoded words (RFC 2047): plain ASCII stays readable, anything else and all control characters are encoded. */
function encodeWords(text: string): string {
  if (/^[\x20-\x7e]{0,200}$/.test(text) && !text.includes('=?')) return text;
  const words: string[] = [];
  let word = '';
  for (const char of text.replace(/\p{Cc}+/gu, ' ')) {
    if (Buffer.byteLength(word + char) > bytesPerWord) {
      words.push(word);
      word = '';
    }
    word += char;
  }
  return [...words, word].map((part) => `=?utf-8?B?${Buffer.from(part, 'utf8').toString('base64')}?=`).join('\r\n ');
}

const bytesPerWord = 45;
