import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: '您好！有什么可以帮您？',
  closeText: '关闭',
  anewText: '新对话',
  askText: '请输入问题…',
  sendText: '发送',
  stopText: '停止',
  youText: '您',
  typingText: '正在回答…',
  sendingText: '正在发送…',
  unsentText: '未发送。',
  retryText: '重试',
  offlineText: '网络已断开，您的消息会保留。',
  upText: '有帮助',
  downText: '没有帮助',
  sourceText: '来源',
  poweredText: '技术支持：',
  personText: '联系人工',
  moreText: '更多',
  attachText: '添加文件',
} satisfies Strings;

export const more = {
  pageText: '页码',
  backText: '返回',
  visitText: '打开来源',
} satisfies MoreStrings;
