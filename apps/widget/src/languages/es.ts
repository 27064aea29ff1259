import type { Strings } from '../strings';

export default {
  greeting: '¡Hola! ¿En qué puedo ayudarle?',
  close: 'Cerrar',
  anew: 'Nueva conversación',
  ask: 'Haga una pregunta…',
  send: 'Enviar',
  stop: 'Detener',
  you: 'Usted',
  typing: 'Escribiendo…',
  sending: 'Enviando…',
  unsent: 'No enviado.',
  retry: 'Reintentar',
  offline: 'Sin conexión. Sus mensajes se conservan.',
  up: 'Útil',
  down: 'No es útil',
  source: 'Fuente',
  page: 'Página',
  back: 'Volver',
  visit: 'Abrir la fuente',
  powered: 'Con tecnología de',
} satisfies Strings;
