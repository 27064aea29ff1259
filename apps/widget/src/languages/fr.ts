import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: 'Bonjour ! Comment puis-je vous aider ?',
  closeText: 'Fermer',
  anewText: 'Nouvelle conversation',
  askText: 'Posez une question…',
  sendText: 'Envoyer',
  stopText: 'Arrêter',
  youText: 'Vous',
  typingText: 'En train d’écrire…',
  sendingText: 'Envoi…',
  unsentText: 'Non envoyé.',
  retryText: 'Réessayer',
  offlineText: 'Pas de connexion. Vos messages sont conservés.',
  upText: 'Utile',
  downText: 'Pas utile',
  sourceText: 'Source',
  poweredText: 'Propulsé par',
  personText: 'Parler à une personne',
  moreText: 'Plus',
  attachText: 'Joindre un fichier',
} satisfies Strings;

export const more = {
  pageText: 'Page',
  backText: 'Retour',
  visitText: 'Ouvrir la source',
} satisfies MoreStrings;
