import { expect, it } from 'vitest';
import { FormField } from '@docent/contracts';
import { keyFrom } from './key-from';

it.each([
  ['Your e-mail address', [], 'your_e_mail_address'],
  ['Größe (cm)', [], 'gro_e_cm'],
  ['1. Bestellnummer', [], 'bestellnummer'],
  ['電話番号', [], 'field'],
  ['Name', ['name'], 'name_2'],
  ['Name', ['name', 'name_2'], 'name_3'],
] as const)('makes a key of %j', (label, taken, key) => {
  expect(keyFrom(label, taken)).toBe(key);
  expect(FormField.shape.key.safeParse(keyFrom(label, taken)).success).toBe(true);
});
