import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: 'Здравствуйте! Чем помочь?',
  closeText: 'Закрыть',
  anewText: 'Новый разговор',
  askText: 'Задайте вопрос…',
  sendText: 'Отправить',
  stopText: 'Остановить',
  youText: 'Вы',
  typingText: 'Пишет…',
  sendingText: 'Отправка…',
  unsentText: 'Не отправлено.',
  retryText: 'Повторить',
  offlineText: 'Нет связи. Ваши сообщения сохранены.',
  upText: 'Полезно',
  downText: 'Не помогло',
  sourceText: 'Источник',
  poweredText: 'Работает на',
  personText: 'Поговорить с человеком',
  moreText: 'Ещё',
  attachText: 'Прикрепить файл',
} satisfies Strings;

export const more = {
  pageText: 'Страница',
  backText: 'Назад',
  visitText: 'Открыть источник',
} satisfies MoreStrings;
