import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: '¡Hola! ¿En qué puedo ayudarle?',
  closeText: 'Cerrar',
  anewText: 'Nueva conversación',
  askText: 'Haga una pregunta…',
  sendText: 'Enviar',
  stopText: 'Detener',
  youText: 'Usted',
  typingText: 'Escribiendo…',
  sendingText: 'Enviando…',
  unsentText: 'No enviado.',
  retryText: 'Reintentar',
  offlineText: 'Sin conexión. Sus mensajes se conservan.',
  upText: 'Útil',
  downText: 'No es útil',
  sourceText: 'Fuente',
  poweredText: 'Con tecnología de',
  personText: 'Hablar con una persona',
  moreText: 'Más',
  attachText: 'Adjuntar archivo',
} satisfies Strings;

export const more = {
  pageText: 'Página',
  backText: 'Volver',
  visitText: 'Abrir la fuente',
} satisfies MoreStrings;
