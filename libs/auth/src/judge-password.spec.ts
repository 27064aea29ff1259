import { describe, expect, it } from 'vitest';
import { judgePassword } from './judge-password';

const context = ['greta.lindqvist@harbour-books.example', 'Greta Lindqvist', 'Harbour Books'];

describe('judgePassword', () => {
  it.each([
    'violet kettle runs north',
    'h7Gq-mmZp-19xw',
    'Пятьсот зелёных слонов',
    '正しい馬電池ホチキスの山',
    'harbour seals eat quiet apples',
    'my docent teaches baking',
  ])('accepts "%s"', (password) => {
    expect(judgePassword(password, context)).toBeNull();
  });

  it.each([
    'aaaaaaaaaaaa',
    'abababababab',
    '123456789012',
    'abcdefghijkl',
    'qwertyuiopas',
    'qwertz123456',
    '987654321098',
    'Password1234',
    'P@ssw0rd2026!!',
    'passwordpassword',
    'iloveyou12345',
    'Administrator1!',
    '1q2w3e4r5t6y',
    'correct horse battery staple',
    'GretaLindqvist',
    'lindqvist-2026!',
    'HarbourBooks1',
    'docent123456',
    'gretagretagreta99',
  ])('refuses "%s" with a reason', (password) => {
    expect(judgePassword(password, context)).toEqual(expect.any(String));
  });
});
