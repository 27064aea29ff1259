export const transcript = {
  citation: 'Source {{n}}: {{title}}',
  visitorSaid: 'Visitor:',
  botSaid: 'Bot:',
  writing: 'The bot is writing',
  unanswered: 'Not answered',
  ratedUp: 'Rated helpful',
  ratedDown: 'Rated not helpful',
  inspect: 'Behind this answer',
  passage: 'Cited passage',
  inSource: 'Show in the source',
  openPage: 'Open the page',
} as const;
