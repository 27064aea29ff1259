import { expect, it } from 'vitest';
import { decodePage } from './decode-page';

const text = (body: Uint8Array) => Buffer.from(body).toString('utf8');
const bytes = { polish: 'a3f364bc', russian: 'f0c1d2cfcd', japanese: '1b2442454f243741251b2842', german: '5afc72696368' };
const of = (hex: string) => Buffer.from(hex, 'hex');

it.each([
  ['text/html; charset=iso-8859-2', bytes.polish, 'Łódź'],
  ['text/plain;charset="KOI8-R"', bytes.russian, 'Паром'],
  ['Text/HTML; version=1; Charset=ISO-2022-JP', bytes.japanese, '渡し船'],
  ['application/xhtml+xml; charset=latin1', bytes.german, 'Zürich'],
])('reads a page as its server declares it: %s', (contentType, hex, expected) => {
  expect(text(decodePage(of(hex), contentType))).toBe(expected);
});

it.each([
  ['text/html', bytes.german],
  ['text/html; charset=utf-8', bytes.german],
  ['text/html; charset=no-such-thing', bytes.german],
  ['application/pdf; charset=iso-8859-1', bytes.german],
  ['', bytes.german],
])('leaves alone what "%s" says nothing about', (contentType, hex) => {
  expect(decodePage(of(hex), contentType)).toEqual(of(hex));
});

it('leaves files alone that a server takes for text', () => {
  for (const file of ['%PDF-1.7\n%\u00e2\u00e3', 'PK\u0003\u0004\u0014\0\u00e2']) {
    const body = Buffer.from(file, 'latin1');
    expect(decodePage(body, 'text/plain; charset=iso-8859-1')).toEqual(body);
  }
});

it('leaves UTF-8 alone, whatever the server declares', () => {
  expect(text(decodePage(Buffer.from('Zürich, Łódź'), 'text/html; charset=iso-8859-1'))).toBe('Zürich, Łódź');
});
