import type { Strings } from '../strings';

export default {
  greeting: 'Bonjour ! Comment puis-je vous aider ?',
  close: 'Fermer',
  anew: 'Nouvelle conversation',
  ask: 'Posez une question…',
  send: 'Envoyer',
  stop: 'Arrêter',
  you: 'Vous',
  typing: 'En train d’écrire…',
  sending: 'Envoi…',
  unsent: 'Non envoyé.',
  retry: 'Réessayer',
  offline: 'Pas de connexion. Vos messages sont conservés.',
  up: 'Utile',
  down: 'Pas utile',
  source: 'Source',
  page: 'Page',
  back: 'Retour',
  visit: 'Ouvrir la source',
  powered: 'Propulsé par',
} satisfies Strings;
