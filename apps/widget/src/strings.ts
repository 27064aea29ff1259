/**
 * Everything the widget says by itself, in English, with the chat open. Every language is a file of its own, a list in this
 * order: the panel fetches the one that it needs and carries none.
 */
export const english = {
  greetingText: 'Hello! Ask me anything.',
  closeText: 'Close',
  anewText: 'New conversation',
  askText: 'Ask a question…',
  sendText: 'Send',
  stopText: 'Stop',
  youText: 'You',
  typingText: 'Writing…',
  sendingText: 'Sending…',
  unsentText: 'Not sent.',
  retryText: 'Try again',
  offlineText: 'No connection. Your messages are kept.',
  upText: 'Helpful',
  downText: 'Not helpful',
  sourceText: 'Source',
  poweredText: 'Powered by',
  personText: 'Talk to a person',
  moreText: 'More',
  attachText: 'Attach a file',
};

export type Strings = typeof english;

/** What only the parts say that are loaded when they are used; a second file per language. */
export const englishMore = {
  pageText: 'Page',
  backText: 'Back',
  visitText: 'View source',
};

export type MoreStrings = typeof englishMore;
