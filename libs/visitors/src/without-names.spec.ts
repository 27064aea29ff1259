import { describe, expect, it } from 'vitest';
import { namesOf, withoutNames } from './without-names';

const jane = { name: 'Jane (JD) Doe', email: 'jane@example.com', externalId: 'c-17', fields: { topic: 'Boats', phone: '+49 30 123456', full_name: 'Jane D.', remark: 'call 0171/2345678' } };

describe('what a person is known by', () => {
  it('is name, address, customer id, and fields that are or look like one', () => {
    expect(namesOf([jane, { ...jane, name: null, fields: {} }])).toEqual(['call 0171/2345678', 'jane@example.com', 'Jane (JD) Doe', '+49 30 123456', 'Jane D.', 'c-17']);
  });
});

describe('taking names out', () => {
  it('happens in any case and at any depth, and leaves what is not text', () => {
    const said = { seq: 3, text: 'I am JANE (jd) DOE, write to Jane@Example.com.', citations: [{ n: 1, quote: 'c-17' }], rating: null };
    expect(withoutNames(said, namesOf([jane]))).toEqual({ seq: 3, text: 'I am [removed], write to [removed].', citations: [{ n: 1, quote: '[removed]' }], rating: null });
  });

  it('leaves words that only contain a name', () => {
    expect(withoutNames('Annual fees of Ann, an annuity', ['Ann'])).toBe('Annual fees of [removed], an annuity');
    expect(withoutNames('安娜 and Ann', ['Ann'])).toBe('安娜 and [removed]');
    expect(withoutNames('nothing', [])).toBe('nothing');
  });
});
