import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: 'नमस्ते! मैं आपकी क्या मदद करूँ?',
  closeText: 'बंद करें',
  anewText: 'नई बातचीत',
  askText: 'प्रश्न पूछें…',
  sendText: 'भेजें',
  stopText: 'रोकें',
  youText: 'आप',
  typingText: 'लिख रहा है…',
  sendingText: 'भेजा जा रहा है…',
  unsentText: 'नहीं भेजा गया।',
  retryText: 'फिर कोशिश करें',
  offlineText: 'कनेक्शन नहीं है। आपके संदेश सुरक्षित हैं।',
  upText: 'उपयोगी',
  downText: 'उपयोगी नहीं',
  sourceText: 'स्रोत',
  poweredText: 'संचालित',
  personText: 'व्यक्ति से बात करें',
  moreText: 'और',
  attachText: 'फ़ाइल जोड़ें',
} satisfies Strings;

export const more = {
  pageText: 'पृष्ठ',
  backText: 'वापस',
  visitText: 'स्रोत खोलें',
} satisfies MoreStrings;
