import type { Strings } from '../strings';

export default {
  greeting: 'Здравствуйте! Чем помочь?',
  close: 'Закрыть',
  anew: 'Новый разговор',
  ask: 'Задайте вопрос…',
  send: 'Отправить',
  stop: 'Остановить',
  you: 'Вы',
  typing: 'Пишет…',
  sending: 'Отправка…',
  unsent: 'Не отправлено.',
  retry: 'Повторить',
  offline: 'Нет связи. Ваши сообщения сохранены.',
  up: 'Полезно',
  down: 'Не помогло',
  source: 'Источник',
  page: 'Страница',
  back: 'Назад',
  visit: 'Открыть источник',
  powered: 'Работает на',
} satisfies Strings;
