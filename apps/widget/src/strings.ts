/** Everything the widget says by itself, in English; other languages come as small files when they are needed. */
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
  pageText: 'Page',
  backText: 'Back',
  visitText: 'View source',
  poweredText: 'Powered by',
};

export type Strings = typeof english;
