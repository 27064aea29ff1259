import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: 'こんにちは。ご質問をどうぞ。',
  closeText: '閉じる',
  anewText: '新しい会話',
  askText: '質問を入力…',
  sendText: '送信',
  stopText: '停止',
  youText: 'あなた',
  typingText: '回答中…',
  sendingText: '送信中…',
  unsentText: '送信できませんでした。',
  retryText: '再試行',
  offlineText: '接続がありません。メッセージは保存されています。',
  upText: '役に立った',
  downText: '役に立たなかった',
  sourceText: '出典',
  poweredText: '提供：',
  personText: '担当者と話す',
  moreText: 'その他',
  attachText: 'ファイルを添付',
} satisfies Strings;

export const more = {
  pageText: 'ページ',
  backText: '戻る',
  visitText: '出典を開く',
} satisfies MoreStrings;
