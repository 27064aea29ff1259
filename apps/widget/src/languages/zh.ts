import type { Strings } from '../strings';

export default {
  greeting: '您好！有什么可以帮您？',
  close: '关闭',
  anew: '新对话',
  ask: '请输入问题…',
  send: '发送',
  stop: '停止',
  you: '您',
  typing: '正在回答…',
  sending: '正在发送…',
  unsent: '未发送。',
  retry: '重试',
  offline: '网络已断开，您的消息会保留。',
  up: '有帮助',
  down: '没有帮助',
  source: '来源',
  page: '页码',
  back: '返回',
  visit: '打开来源',
  powered: '技术支持：',
} satisfies Strings;
