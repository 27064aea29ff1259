import type { Strings } from '../strings';

export default {
  greeting: 'こんにちは。ご質問をどうぞ。',
  close: '閉じる',
  anew: '新しい会話',
  ask: '質問を入力…',
  send: '送信',
  stop: '停止',
  you: 'あなた',
  typing: '回答中…',
  sending: '送信中…',
  unsent: '送信できませんでした。',
  retry: '再試行',
  offline: '接続がありません。メッセージは保存されています。',
  up: '役に立った',
  down: '役に立たなかった',
  source: '出典',
  page: 'ページ',
  back: '戻る',
  visit: '出典を開く',
  powered: '提供：',
} satisfies Strings;
