import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: 'Hallo! Was möchten Sie wissen?',
  closeText: 'Schließen',
  anewText: 'Neue Unterhaltung',
  askText: 'Frage stellen …',
  sendText: 'Senden',
  stopText: 'Anhalten',
  youText: 'Sie',
  typingText: 'Schreibt …',
  sendingText: 'Wird gesendet …',
  unsentText: 'Nicht gesendet.',
  retryText: 'Erneut versuchen',
  offlineText: 'Keine Verbindung. Ihre Nachrichten bleiben erhalten.',
  upText: 'Hilfreich',
  downText: 'Nicht hilfreich',
  sourceText: 'Quelle',
  poweredText: 'Bereitgestellt von',
  personText: 'Mit einem Menschen sprechen',
  moreText: 'Mehr',
  attachText: 'Datei anhängen',
} satisfies Strings;

export const more = {
  pageText: 'Seite',
  backText: 'Zurück',
  visitText: 'Quelle öffnen',
} satisfies MoreStrings;
