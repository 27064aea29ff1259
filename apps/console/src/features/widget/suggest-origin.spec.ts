import { describe, expect, it } from 'vitest';
import { suggestOrigin } from './suggest-origin';

describe('suggestOrigin', () => {
  it.each([
    ['https://www.example.com', 'https://www.example.com'],
    ['www.example.com/shop?x=1#y', 'https://www.example.com'],
    ['  HTTPS://Example.COM/ ', 'https://example.com'],
    ['http://example.com:8080/a', 'http://example.com:8080'],
    ['localhost:5173', 'http://localhost:5173'],
    ['münchen.example', 'https://xn--mnchen-3ya.example'],
  ])('reads %j as %s', (typed, origin) => expect(suggestOrigin(typed)).toBe(origin));

  it.each(['', 'hello', 'two words.example', '*.example.com', 'https://%2A.example.com', 'example.com.', 'javascript:alert(1)', 'ftp://example.com', 'https://'])(
    'finds no website in %j',
    (typed) => expect(suggestOrigin(typed)).toBeUndefined(),
  );
});
