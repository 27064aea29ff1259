import type { Strings } from '../strings';

export default {
  greeting: 'Hallo! Was möchten Sie wissen?',
  close: 'Schließen',
  anew: 'Neue Unterhaltung',
  ask: 'Frage stellen …',
  send: 'Senden',
  stop: 'Anhalten',
  you: 'Sie',
  typing: 'Schreibt …',
  sending: 'Wird gesendet …',
  unsent: 'Nicht gesendet.',
  retry: 'Erneut versuchen',
  offline: 'Keine Verbindung. Ihre Nachrichten bleiben erhalten.',
  up: 'Hilfreich',
  down: 'Nicht hilfreich',
  source: 'Quelle',
  page: 'Seite',
  back: 'Zurück',
  visit: 'Quelle öffnen',
  powered: 'Bereitgestellt von',
} satisfies Strings;
