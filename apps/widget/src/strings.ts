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
  unsureText: 'Not found in the sources',
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
  waitingText: 'Waiting for a person',
  cancelText: 'Cancel',
  sentText: 'Sent',
  seenText: 'Seen',
  leaveText: 'Leave a message',
  thanksText: 'Thank you. We will get back to you.',
  rateText: 'How was this conversation?',
  commentText: 'Anything to add?',
  mailText: 'Send me this conversation by e-mail',
  emailText: 'E-mail address',
  mailedText: 'It is on its way to you.',
  earlierText: 'Earlier conversations',
  tooLargeText: 'This file is too large.',
  badFileText: 'Only pictures and PDF files can be sent.',
  removeText: 'Remove',
  optionalText: 'optional',
  nobodyText: 'Nobody is there at the moment.',
};

export type MoreStrings = typeof englishMore;
