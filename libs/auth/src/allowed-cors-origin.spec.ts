import { describe, expect, it } from 'vitest';
import { routes, type Route } from '@docent/contracts';
import { allowedCorsOrigin } from './allowed-cors-origin';

const origin = 'https://shop.example.com';
const all: [string, Route][] = Object.entries(routes);
const visitorRoutes = new Set([
  'createVisitorSession',
  'createConversation',
  'getConversation',
  'sendMessage',
  'stopTurn',
  'rateTurn',
  'citedPassage',
  'followEvents',
  'nextEvents',
  'requestPerson',
  'cancelPerson',
  'createAttachment',
  'getAttachment',
  'hereAsVisitor',
  'rateConversation',
  'mailTranscript',
  'listOwnConversations',
  'latestConversation',
  'leaveLead',
  'proactiveRules',
]);

describe('allowedCorsOrigin', () => {
  it.each(all)('decides about %s as its access says', (name, route) => {
    // Written out, so that a route doesn't become reachable from foreign pages without somebody noticing here.
    const sharesPath = all.some(([other, { path }]) => visitorRoutes.has(other) && path === route.path);
    expect(allowedCorsOrigin(route.path.replace(/\{\w+\}/g, '0198f000-0000-7000-8000-000000000001'), origin)).toBe(
      visitorRoutes.has(name) || sharesPath ? origin : null,
    );
  });

  it.each([
    '/',
    '/v1/conversations',
    '/v1/conversations/',
    '/v1/visitor-sessions/',
    '/v1/visitor-sessions/x',
    '/x/v1/visitor-sessions',
    '/v1/auth/me',
  ])('answers no foreign page on %s', (path) => {
    expect(allowedCorsOrigin(path, origin)).toBeNull();
  });

  it('reflects neither a missing nor an opaque origin', () => {
    expect(allowedCorsOrigin('/v1/visitor-sessions', undefined)).toBeNull();
    expect(allowedCorsOrigin('/v1/visitor-sessions', 'null')).toBeNull();
  });
});
