/** Everything the widget says by itself, in English; other languages come as small files when they are needed. */
export const english = {
  greeting: 'Hello! Ask me anything.',
  close: 'Close',
  anew: 'New conversation',
  ask: 'Ask a question…',
  send: 'Send',
  stop: 'Stop',
  you: 'You',
  typing: 'Writing…',
  sending: 'Sending…',
  unsent: 'Not sent.',
  retry: 'Try again',
  offline: 'No connection. Your messages are kept.',
  up: 'Helpful',
  down: 'Not helpful',
  source: 'Source',
  page: 'Page',
  back: 'Back',
  visit: 'View source',
  powered: 'Powered by',
};

export type Strings = typeof english;
