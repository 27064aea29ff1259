import type { Strings } from '../strings';

export default {
  greeting: 'नमस्ते! मैं आपकी क्या मदद करूँ?',
  close: 'बंद करें',
  anew: 'नई बातचीत',
  ask: 'प्रश्न पूछें…',
  send: 'भेजें',
  stop: 'रोकें',
  you: 'आप',
  typing: 'लिख रहा है…',
  sending: 'भेजा जा रहा है…',
  unsent: 'नहीं भेजा गया।',
  retry: 'फिर कोशिश करें',
  offline: 'कनेक्शन नहीं है। आपके संदेश सुरक्षित हैं।',
  up: 'उपयोगी',
  down: 'उपयोगी नहीं',
  source: 'स्रोत',
  page: 'पृष्ठ',
  back: 'वापस',
  visit: 'स्रोत खोलें',
  powered: 'संचालित',
} satisfies Strings;
